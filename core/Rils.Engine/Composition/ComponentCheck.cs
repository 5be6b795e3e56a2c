using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks that the sources give the components of samples that systems and heads read, and that the training
/// data has those that every sample needs.</summary>
/// <param name="problems">The list that takes mistakes.</param>
sealed class ComponentCheck(Problems problems)
{
    /// <summary>Checks the training data.</summary>
    /// <param name="plan">The plan of all arms.</param>
    /// <param name="source">The training data.</param>
    /// <param name="table">The table of the source.</param>
    public void Check(Plan plan, ISource source, BoundTable table)
    {
        foreach (var system in plan.Shared.Systems)
            foreach (var type in ComponentReading.Read(system).Select(ComponentReading.Given))
                Check(type, $"{system.Name} of {system.Definition.Origin}", source, table, table.Span);
        foreach (var type in ComponentReading.Of(plan).Needed.Where(source.Components.Contains))
            if (SampleLook.ForLack(source, type) is { } look)
                problems.Add(table.Span, $"{None(look, source, type)}, and {Readers(plan, type)}: {Mend(type, table)}");
    }

    /// <summary>Checks the data of a head.</summary>
    public void Check(HeadDefinition head, IHead made, ISource source, BoundTable table)
    {
        foreach (var type in made.Reads) Check(type, $"head {head.Name}", source, table, head.DataSpan);
    }

    void Check(Type type, string reader, ISource source, BoundTable table, SourceSpan at)
    {
        if (source.Components.Contains(type)) return;
        var given = source.Components.Count == 0 ? "nothing beside images"
            : $"a {string.Join(", a ", source.Components.Select(Sample.NameOf))}";
        problems.Add(at, $"{reader} reads the {Sample.NameOf(type)} of each sample, and kind = \"{table.Entry.Kind}\" "
            + $"gives {given}: take a source that gives it, or drop what reads it");
    }

    static string None(SampleLook look, ISource source, Type type)
    {
        var has = look.First.Contents is { } contents ? $" (`{look.First.Key}` has {contents})" : "";
        return (look.Samples == source.Count ? "no sample"
            : $"none of {look.Samples} samples, evenly spread over the data,") + $" has a {Sample.NameOf(type)}{has}";
    }

    /// <summary>Names the arms whose losses come from a component of samples: those with a system that reads it, or
    /// reads a value that the shared systems make from it.</summary>
    static string Readers(Plan plan, Type type)
    {
        var made = new HashSet<Type>(plan.Shared.Systems.SelectMany(system => system.Parameters)
            .Select(parameter => parameter.Type).Where(value => value.IsGenericType
                && value.GetGenericTypeDefinition() == typeof(Components<>)
                && ComponentReading.Given(value.GetGenericArguments()[0]) == type));
        bool Reads(PlannedSystem system) => system.Parameters.Any(parameter =>
            parameter.Access is Access.Read or Access.Require && made.Contains(parameter.Type));
        // Systems are in the order in which they run.
        foreach (var system in plan.Shared.Systems.Where(Reads))
            made.UnionWith(system.Parameters.Where(parameter => parameter.Access == Access.Create)
                .Select(parameter => parameter.Type));
        string[] arms = [.. plan.Arms.Where(arm => arm.Systems.Any(Reads)).Select(arm => arm.Entity.Name)];
        return arms.Length switch
        {
            0 => "the experiment reads it",
            1 => $"arm {arms[0]} reads it",
            _ => $"arms {string.Join(", ", arms)} read it",
        };
    }

    static string Mend(Type type, BoundTable table)
    {
        string[] words = [Sample.NameOf(type), type.Name.ToLowerInvariant()];
        string[] keys = [.. OptionProperty.KeysOf(table.Entry.Options)
            .Where(key => words.Any(word => key.Contains(word, StringComparison.Ordinal))).Select(key => $"`{key}`")];
        var place = keys.Length > 0 ? $"name its place in [data] by {string.Join(" or ", keys)}"
            : "add it to the data";
        var without = type == typeof(Captions)
            ? " (an arm with [target] kind = \"pixel\" and without [[objective]] learns from images alone)" : "";
        return $"{place}, as kind = \"{table.Entry.Kind}\" takes it, or drop what reads it{without}";
    }
}
