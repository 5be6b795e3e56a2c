using Rils.Engine.Experiments;
using Rils.Engine.Runs;

namespace Rils.Analysis.Joining;

/// <summary>Whether the arms of two folders answered the same questions by the same means.</summary>
static class JoinCheck
{
    const int Shown = 20;

    static readonly string[] Lengths = ["epochs", "steps", "samples"];

    /// <summary>What makes a comparison meaningless: another precision, seeds, data or heads. A line each.</summary>
    /// <remarks>Runs of one sweep may differ in what it sweeps.</remarks>
    public static IReadOnlyList<string> Obstacles(JoinedRun first, JoinedRun second) => Compare(Judged, first, second);

    /// <summary>What may be the reason for a difference, beside the arms: length, device, plugins, machine. A line each.</summary>
    public static IReadOnlyList<string> Cautions(JoinedRun first, JoinedRun second) => [.. Compare(Means, first, second), .. Plugins(first.Run, second.Run)];

    static Dictionary<string, string> Judged(FinishedRun run)
    {
        Dictionary<string, string> values = new() { ["precision"] = run.Manifest.Precision, ["seeds"] = string.Join(", ", run.Seeds.Order()) };
        if (run.Experiment.Root["data"] is { } data) FlatValues.Add("data", data, values);
        foreach (var head in (run.Experiment.Root["head"] as ArrayNode)?.Items.Cast<TableNode>() ?? [])
            foreach (var entry in head.Entries.Where(entry => entry.Key is not ("every" or "name")))
                FlatValues.Add($"head.{NamedTables.NameOf(head)}.{entry.Key}", entry.Value, values);
        return values;
    }

    static Dictionary<string, string> Means(FinishedRun run)
    {
        Dictionary<string, string> values = new() { ["rils"] = run.Manifest.Rils, ["device"] = run.Manifest.Device };
        foreach (var length in Lengths)
            if (run.Experiment.Root[length] is { } value) FlatValues.Add(length, value, values);
        foreach (var (key, value) in run.Manifest.Libraries) values[key] = value;
        foreach (var key in (string[])["processor", "threads"]) values[key] = run.Manifest.Machine.GetValueOrDefault(key, "absent");
        return values;
    }

    static IEnumerable<string> Plugins(FinishedRun first, FinishedRun second)
    {
        // Every build of the contract gives every plugin another hash: they are named, in one line.
        var (left, right) = (Builds(first), Builds(second));
        var names = string.Join(", ", left.Except(right).Concat(right.Except(left)).Select(plugin => plugin.Name).Distinct().Order(StringComparer.Ordinal));
        return names.Length == 0 ? [] : [$"plugins of {first.Folder} and {second.Folder} are not of one build: {names}"];
    }

    static IEnumerable<(string Name, string Sha256)> Builds(FinishedRun run) => run.Manifest.Plugins.Select(plugin => (plugin.Name, plugin.Sha256));

    static IReadOnlyList<string> Compare(Func<FinishedRun, Dictionary<string, string>> values, JoinedRun first, JoinedRun second)
    {
        var (left, right, swept) = (values(first.Run), values(second.Run), first.SweptWith(second));
        return [.. (from key in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
                    let pair = (First: left.GetValueOrDefault(key, "absent"), Second: right.GetValueOrDefault(key, "absent"))
                    where pair.First != pair.Second && !swept.Any(name => IsOf(key, name))
                    select $"{key} is {pair.First} in {first.Run.Folder} and {pair.Second} in {second.Run.Folder}").Take(Shown)];
    }

    /// <summary>Whether a value is a swept key's, or an item's of its; with another kind a table has other keys, and a length replaces another.</summary>
    static bool IsOf(string key, string swept)
    {
        var table = swept.EndsWith(".kind", StringComparison.Ordinal) ? swept[..^".kind".Length] : swept;
        return key == table || key.StartsWith($"{table}.", StringComparison.Ordinal) || key.StartsWith($"{table}[", StringComparison.Ordinal)
            || (Lengths.Contains(swept) && Lengths.Contains(key));
    }
}
