using Rils.Configuration;
using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>Whether the arms of two folders answered the same questions by the same means.</summary>
static class JoinCheck
{
    const int Shown = 20;

    static readonly string[] Lengths = ["epochs", "steps", "samples"];

    /// <summary>Differences that make a comparison meaningless: another precision, seeds, data or heads, by their keys
    /// and by what lies there. A line each.</summary>
    /// <remarks>Runs of one sweep may differ in what it sweeps. Data and files that <c>--accept</c> has let differ are
    /// told as cautions.</remarks>
    public static IReadOnlyList<string> Obstacles(JoinedRun first, JoinedRun second) =>
        [.. Compare(Judged, first, second), .. Contents.Where(content => !IsAccepted(content.Name, first, second))
            .SelectMany(content => Compare(content.Of, first, second))];

    /// <summary>Reasons for a difference beside the arms: length, device, engine, plugins, machine. A line
    /// each.</summary>
    public static IReadOnlyList<string> Cautions(JoinedRun first, JoinedRun second) =>
    [
        .. Contents.Where(content => IsAccepted(content.Name, first, second))
            .SelectMany(content => Compare(content.Of, first, second)).Select(line => $"{line} (accepted)"),
        .. Compare(Times, first, second), .. Compare(Means, first, second),
        .. Builds("the engine", first.Run, second.Run, run => run.Manifest.Engine),
        .. Builds("plugins", first.Run, second.Run,
            run => run.Manifest.Plugins.ToDictionary(plugin => plugin.Name, plugin => plugin.Sha256)),
    ];

    /// <summary>The things that a run's keys name, by their names for <c>--accept</c>.</summary>
    static readonly (string Name, Func<FinishedRun, Dictionary<string, string>> Of)[] Contents =
    [
        ("data", run => Named(run, path => run.Manifest.Data.GetValueOrDefault(path)?.ToString())),
        ("files", run =>
            Named(run, path => run.Manifest.Files.GetValueOrDefault(path) is { } hash ? $"of SHA-256 {hash}" : null)),
    ];

    static bool IsAccepted(string name, JoinedRun first, JoinedRun second) =>
        first.Run.Manifest.Accepted.Contains(name) || second.Run.Manifest.Accepted.Contains(name);

    /// <summary>Data whose content is known by the sizes of its pictures alone.</summary>
    static Dictionary<string, string> Times(FinishedRun run) =>
        Named(run, path => run.Manifest.Data.GetValueOrDefault(path) is { } data && data.Times.Length > 0
        ? $"of the time {data.Times}" : null);

    /// <summary>The judged keys that name something that is known.</summary>
    static Dictionary<string, string> Named(FinishedRun run, Func<string, string?> known) =>
        (from value in Judged(run)
         let content = known(value.Value.Trim('"'))
         where content is not null
         select KeyValuePair.Create(value.Key, content)).ToDictionary();

    static Dictionary<string, string> Judged(FinishedRun run)
    {
        Dictionary<string, string> values = new() { ["precision"] = run.Manifest.Precision, ["seeds"] = string.Join(", ", run.Seeds.Order()) };
        if (run.Experiment.Root["data"] is { } data) FlatValues.Add("data", data, values);
        foreach (var head in run.Experiment.Root.List("head"))
            foreach (var entry in head.Entries.Where(entry => entry.Key is not ("every" or "name")))
                FlatValues.Add($"head.{NamedTables.NameOf(head)}.{entry.Key}", entry.Value, values);
        return values;
    }

    static Dictionary<string, string> Means(FinishedRun run)
    {
        Dictionary<string, string> values = new() { ["rils"] = run.Manifest.Rils, ["device"] = run.Manifest.Device };
        foreach (var length in Lengths)
            if (run.Experiment.Root[length] is { } value) FlatValues.Add(length, value, values);
        foreach (var (key, value) in run.Manifest.Deciding) values[key] = value;
        return values;
    }

    static IEnumerable<string> Builds(string what, FinishedRun first, FinishedRun second,
        Func<FinishedRun, IReadOnlyDictionary<string, string>> hashes)
    {
        // Every build of the contract gives every plugin another hash: they are named, in one line. Arms that only one run has bring plugins of their own.
        var (left, right) = (hashes(first), hashes(second));
        var names = string.Join(", ",
            left.Keys.Intersect(right.Keys).Where(name => left[name] != right[name]).Order(StringComparer.Ordinal));
        return names.Length == 0 ? [] : [$"{what} of {first.Folder} and {second.Folder} are not of one build: {names}"];
    }

    static IReadOnlyList<string> Compare(Func<FinishedRun, Dictionary<string, string>> values, JoinedRun first, JoinedRun second)
    {
        var (left, right, swept) = (values(first.Run), values(second.Run), first.SweptWith(second));
        string[] lines = [.. from key in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
                          let pair = (First: left.GetValueOrDefault(key, "absent"),
                              Second: right.GetValueOrDefault(key, "absent"))
                          where pair.First != pair.Second && !swept.Any(name => IsOf(key, name))
                          select $"{key} is {pair.First} in {first.Run.Folder} and {pair.Second} in {second.Run.Folder}"];
        return lines.Length <= Shown
            ? lines : [.. lines.Take(Shown), $"and {lines.Length - Shown} more in {second.Run.Folder}"];
    }

    /// <summary>Whether a value is a swept key's, or an item's of its; with another kind a table has other keys, and a length replaces another.</summary>
    static bool IsOf(string key, string swept)
    {
        var table = swept.EndsWith(".kind", StringComparison.Ordinal) ? swept[..^".kind".Length] : swept;
        return key == table || key.StartsWith($"{table}.", StringComparison.Ordinal) || key.StartsWith($"{table}[", StringComparison.Ordinal)
            || (Lengths.Contains(swept) && Lengths.Contains(key));
    }
}
