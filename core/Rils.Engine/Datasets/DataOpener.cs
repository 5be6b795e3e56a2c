using Microsoft.Extensions.Logging;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Native;
using Rils.Engine.Plugins;

namespace Rils.Engine.Datasets;

/// <summary>Opens data for the commands that work on data without an experiment, by any kind of source that a plugin
/// registered.</summary>
public sealed class DataOpener(PluginRegistry registry, ILogger<DataOpener> logger)
{
    const string Data = "data", Augmentation = "data.augmentation", Decoding = "random-resized-crop";

    /// <summary>Opens data. Logs the findings of the source.</summary>
    /// <param name="given">The data.</param>
    /// <returns>The data, which the caller disposes.</returns>
    /// <exception cref="ExperimentException">The paths, the kind or an option is wrong, or the source refuses the data;
    /// the message names the argument.</exception>
    public OpenedData Open(GivenData given)
    {
        var place = SourceSpan.WholeFile(string.Join(' ', given.Paths));
        var problems = new Problems();
        var (kind, paths) = (given.Kind, given.Paths);
        if (kind is null) (kind, paths) = KindGuess.Of(given.Paths, registry);
        var table = Table(given, kind, place, problems);
        var tree = new ExperimentTree(new(place), []);
        var bound = new TableBinder(registry, new(tree, registry), problems).Bind(table, Data, $"[{Data}]");
        problems.ThrowIfAny();
        var context = new SourceContext([.. paths.Select(Path.GetFullPath)], CacheFolder.OfIndices.Path);
        var scope = new KindScope();
        try
        {
            var source = (bound! with { Where = $"kind {bound!.Entry.Name}" }).Make<ISource>(context, scope);
            if (source.Count == 0)
                throw new ExperimentException([new(place, "the data has no sample: name a path with images")]);
            foreach (var finding in source.Findings)
                logger.LogWarning("{Warning}", $"{place}: {LongText.Cut(finding.Message)}");
            return new(source, bound.Entry.Name!, given.Sets, context.Patterns) { Scope = scope };
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <summary>Makes the augmentation by which commands decode images.</summary>
    /// <param name="size">Side of the pictures, in pixels.</param>
    /// <exception cref="ExperimentException">No plugin has the kind.</exception>
    internal IAugmentation Decoder(int size)
    {
        var problems = new Problems();
        var place = SourceSpan.WholeFile($"[{Augmentation}]");
        var table = new TableNode(place);
        table.Set("kind", place, new ScalarNode(place, Decoding));
        var binder = new TableBinder(registry, new(new(new(place), []), registry), problems);
        var bound = binder.Bind(table, Augmentation, $"[{Augmentation}]");
        problems.ThrowIfAny();
        return bound!.Make<IAugmentation>(new DataContext(size), new KindScope());
    }

    /// <summary>Writes the options as the table <c>[data]</c> that an experiment would have.</summary>
    static TableNode Table(GivenData given, string kind, SourceSpan place, Problems problems)
    {
        var table = new TableNode(place);
        var named = SourceSpan.WholeFile($"--kind {kind}");
        table.Set("kind", named, new ScalarNode(named, kind));
        foreach (var set in given.Sets.Select(set => SetArgument.Parse(set, problems)).OfType<SetArgument>())
            if (set.Key == "kind") problems.Add(set.At, $"name the kind by --kind {set.Value}");
            else new SetWalk(set, new HashSet<string>(), problems).Apply(table, 0);
        return table;
    }
}
