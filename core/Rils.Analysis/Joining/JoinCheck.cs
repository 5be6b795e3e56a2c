using Rils.Configuration;
using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>Checks whether two runs evaluated their arms on the same data, with the same heads and by the same
/// means.</summary>
static class JoinCheck
{
    const int Shown = 20;

    /// <summary>The number of samples that models encode at a time, which changes no result but by rounding.</summary>
    const string Chunk = "data.chunk";

    /// <summary>Keys of the data by which arms are trained and no head judges: authors' whole recipes differ in
    /// them.</summary>
    static readonly string[] Recipe = ["data.augmentation", "data.views", "data.batch", "data.shuffle"];

    /// <summary>Lists the differences that make a comparison meaningless: in the precision, seeds, data or heads, by
    /// their keys and by the content of the files that these keys name. Each line is one difference.</summary>
    /// <remarks>Runs of one sweep may differ in the keys that the sweep varies. Differences of data and files that
    /// <c>--accept</c> allowed are cautions.</remarks>
    public static IReadOnlyList<string> Obstacles(JoinedRun first, JoinedRun second) =>
        [.. Compare(Judged, first, second), .. Contents.Where(content => !IsAccepted(content.Name, first, second))
            .SelectMany(content => Compare(content.Of, first, second)),
            .. Evaluations(first, second).SelectMany(pair => Obstacles(pair.First, pair.Second))];

    /// <summary>The later evaluations that both runs have, each as a pair.</summary>
    static IEnumerable<(JoinedRun First, JoinedRun Second)> Evaluations(JoinedRun first, JoinedRun second) =>
        from left in first.Run.Evaluations
        from right in second.Run.Evaluations
        where left.Name == right.Name
        select (first with { Run = left.Run }, second with { Run = right.Run });

    /// <summary>Lists the differences in what the runs trained their arms on: seeds pair arms that read it no more,
    /// since they saw other images, and a difference between them is one of whole recipes. Each line is one
    /// difference.</summary>
    public static IReadOnlyList<string> Unpaired(JoinedRun first, JoinedRun second) => Compare(run => new(
        run.Manifest.Experiment.Root.Where(value => IsRecipe(value.Key))), first, second);

    /// <summary>Lists what else may explain a difference beside the arms: length, gather, device, engine, plugins,
    /// machine. Each line is one difference.</summary>
    public static IReadOnlyList<string> Cautions(JoinedRun first, JoinedRun second) =>
    [
        .. Contents.Where(content => IsAccepted(content.Name, first, second))
            .SelectMany(content => Compare(content.Of, first, second)).Select(line => $"{line} (accepted)"),
        .. Compare(Times, first, second), .. Compare(Means, first, second),
        .. Builds("the engine", first.Run, second.Run, run => run.Manifest.Engine),
        .. Builds("plugins", first.Run, second.Run,
            run => run.Manifest.Plugins.ToDictionary(plugin => plugin.Name, plugin => plugin.Sha256)),
    ];

    /// <summary>The content that keys of a run name, by the names that <c>--accept</c> takes.</summary>
    static readonly (string Name, Func<FinishedRun, Dictionary<string, string>> Of)[] Contents =
    [
        ("data", run => Named(run, path => run.Manifest.Data.GetValueOrDefault(path)?.ToString())),
        ("files", run =>
            Named(run, path => run.Manifest.Files.GetValueOrDefault(path) is { } hash ? $"of SHA-256 {hash}" : null)),
    ];

    static bool IsAccepted(string name, JoinedRun first, JoinedRun second) =>
        first.Run.Manifest.Accepted.Contains(name) || second.Run.Manifest.Accepted.Contains(name);

    /// <summary>The modification times of data whose manifest entry has them.</summary>
    static Dictionary<string, string> Times(FinishedRun run) =>
        Named(run, path => run.Manifest.Data.GetValueOrDefault(path) is { } data && data.Times.Length > 0
            ? $"of the time {data.Times}" : null);

    /// <summary>The judged keys whose value is a path of known content, each with that content.</summary>
    static Dictionary<string, string> Named(FinishedRun run, Func<string, string?> known) =>
        (from value in Judged(run)
         let content = known(value.Value.Trim('"'))
         where content is not null
         select KeyValuePair.Create(value.Key, content)).ToDictionary();

    static Dictionary<string, string> Judged(FinishedRun run)
    {
        Dictionary<string, string> values = new(
        [
            new("precision", run.Manifest.Precision), new("seeds", string.Join(", ", run.Seeds.Order())),
            .. run.Manifest.Experiment.Root.Where(value =>
                value.Key.StartsWith("data.", StringComparison.Ordinal) && value.Key != Chunk && !IsRecipe(value.Key)),
        ]);
        foreach (var head in run.Experiment.Root.List("head"))
            foreach (var entry in head.Entries.Where(entry => entry.Key is not ("every" or "name" or "validation")))
                FlatValues.Add($"head.{NamedTables.NameOf(head)}.{entry.Key}", entry.Value, values);
        return values;
    }

    static Dictionary<string, string> Means(FinishedRun run) => new(
    [
        new("rils", run.Manifest.Rils), new("device", run.Manifest.Device),
        .. run.Manifest.Experiment.Root.Where(value =>
            value.Key is "gather" or Chunk || ExperimentKeys.Lengths.Contains(value.Key)),
        .. run.Manifest.Deciding,
    ]);

    static IEnumerable<string> Builds(string what, FinishedRun first, FinishedRun second,
        Func<FinishedRun, IReadOnlyDictionary<string, string>> hashes)
    {
        // A build of the contract changes the hash of every plugin, so one line names them all. A plugin that only
        // one run has belongs to an arm that only this run has.
        var (left, right) = (hashes(first), hashes(second));
        var names = string.Join(", ",
            left.Keys.Intersect(right.Keys).Where(name => left[name] != right[name]).Order(StringComparer.Ordinal));
        return names.Length == 0
            ? [] : [$"{what} of {first.Folder} and {second.Folder} come from different builds: {names}"];
    }

    static IReadOnlyList<string> Compare(
        Func<FinishedRun, Dictionary<string, string>> values, JoinedRun first, JoinedRun second)
    {
        var swept = first.SweptWith(second);
        string[] lines = [.. from difference in Difference.Between(values(first.Run), values(second.Run))
                          where !swept.Any(name => IsOf(difference.What, name))
                          select $"{difference.What} is {difference.Was} in {first.Run.Folder} "
                              + $"and {difference.Is} in {second.Run.Folder}"];
        return lines.Length <= Shown
            ? lines : [.. lines.Take(Shown), $"and {lines.Length - Shown} more in {second.Run.Folder}"];
    }

    static bool IsRecipe(string key) => Recipe.Any(table => IsOf(key, table));

    /// <summary>Whether a key is the swept key or lies in its table or list. Another kind brings other keys into its
    /// table, and one key of the length replaces another.</summary>
    static bool IsOf(string key, string swept)
    {
        var table = swept.EndsWith(".kind", StringComparison.Ordinal) ? swept[..^".kind".Length] : swept;
        return key == table || key.StartsWith($"{table}.", StringComparison.Ordinal)
            || key.StartsWith($"{table}[", StringComparison.Ordinal)
            || (ExperimentKeys.Lengths.Contains(swept) && ExperimentKeys.Lengths.Contains(key));
    }
}
