using MathNet.Numerics.Statistics;
using Rils.Abstractions;
using Rils.Analysis.Joining;
using Rils.Analysis.Statistics;
using Rils.Engine.Runs;

namespace Rils.Analysis;

/// <summary>Compares the arms of finished runs.</summary>
public static class Comparer
{
    /// <summary>Reads run folders and compares all arms with one.</summary>
    /// <param name="folders">At least one; their arms are joined.</param>
    /// <param name="options">What is shown, and which arm is the baseline.</param>
    /// <exception cref="InvalidDataException">A folder cannot be compared, or not with the others; an arm, head or metric is named that they lack.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Comparison Compare(IReadOnlyList<string> folders, CompareOptions options)
    {
        var joined = JoinedRuns.Read(folders);
        if (joined.Arms.Count == 0) throw new InvalidDataException($"nothing can be compared: {(joined.Notes.Count > 0 ? string.Join("; ", joined.Notes) : "there is no arm")}");
        var baseline = Baseline(joined, options.Baseline);
        var samples = new SampleValues(joined.Arms);
        (string Head, string Metric)[] all = [.. Metrics(joined.Arms)];
        if (all.Length == 0) throw new InvalidDataException($"{joined.Arms[0].Run.Folder} has no results: its experiment has no [[head]]");
        Check("head", options.Heads, all.Select(one => one.Head));
        Check("metric", options.Metrics, all.Select(one => one.Metric));
        var shown = all.Where(one => IsAmong(one.Head, options.Heads) && IsAmong(one.Metric, options.Metrics));
        return new(baseline.Name, joined.Seeds, [.. joined.Arms.Select(arm => arm.Name)], joined.Notes, References(joined.Arms),
            [.. shown.Select(one => Of(one.Head, one.Metric, joined, baseline, samples))]);
    }

    static MetricComparison Of(string head, string metric, JoinedRuns joined, JoinedArm baseline, SampleValues samples)
    {
        var values = joined.Arms.Select(arm => (Arm: arm, Values: Values(arm, head, metric))).Where(pair => pair.Values is not null).ToDictionary(pair => pair.Arm, pair => pair.Values!);
        JoinedArm[] others = values.ContainsKey(baseline) ? [.. values.Keys.Where(arm => arm != baseline)] : [];
        var differences = others.Length == 0 ? [] : OverSeeds.Of(values[baseline], [.. others.Select(arm => values[arm])]);
        var outcomes = values.Keys.Select(arm => samples.Of(arm, head, metric)).ToArray();
        var hasSamples = outcomes.All(found => found is not null);
        if (hasSamples && others.Length > 0)
        {
            var byArm = values.Keys.Zip(outcomes).ToDictionary(pair => pair.First, pair => pair.Second!);
            differences = [.. differences.Zip(OverSamples.Of(joined.Seeds, byArm[baseline], [.. others.Select(arm => byArm[arm])]), (difference, over) => difference with { OverSamples = over })];
        }
        var toBaseline = others.Zip(differences).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(head, metric, hasSamples ? outcomes[0]![0].Length : null, [.. values.Select(pair => new ArmComparison(
            pair.Key.Name, pair.Value, pair.Value.Mean(), pair.Value.Length > 1 ? pair.Value.StandardDeviation() : null, toBaseline.GetValueOrDefault(pair.Key)))]);
    }

    /// <summary>For each seed; null where the arm lacks the metric.</summary>
    static double[]? Values(JoinedArm arm, string head, string metric) =>
        arm.Last(head) is { } last && last.All(found => found.Metrics.ContainsKey(metric)) ? [.. last.Select(found => found.Metrics[metric])] : null;

    static IEnumerable<(string Head, string Metric)> Metrics(IReadOnlyList<JoinedArm> arms) =>
        from head in arms.SelectMany(arm => FinishedRun.Last(arm.Outcomes[0])).GroupBy(found => found.Head)
        from metric in head.SelectMany(found => found.Metrics.Keys).Distinct()
        where !HeadResult.IsReference(metric)
        select (head.Key, metric);

    static Dictionary<string, IReadOnlyDictionary<string, double>> References(IReadOnlyList<JoinedArm> arms) =>
        arms.SelectMany(arm => FinishedRun.Last(arm.Outcomes[0])).GroupBy(found => found.Head).ToDictionary(head => head.Key, IReadOnlyDictionary<string, double> (head) =>
            head.SelectMany(found => found.Metrics).Where(metric => HeadResult.IsReference(metric.Key)).DistinctBy(metric => metric.Key).ToDictionary());

    static JoinedArm Baseline(JoinedRuns joined, string? name)
    {
        if (name is null) return joined.Arms.Last(arm => arm.Run.Folder == joined.Arms[0].Run.Folder);
        return joined.Arms.FirstOrDefault(arm => arm.Name == name) ?? throw new InvalidDataException(
            $"--baseline {name}: no arm that can be compared is called so; there are {string.Join(", ", joined.Arms.Select(arm => arm.Name))}{string.Concat(joined.Notes.Where(note => note.StartsWith($"arm {name} ", StringComparison.Ordinal)).Select(note => $"\n  {note}"))}");
    }

    static void Check(string what, IReadOnlyList<string> names, IEnumerable<string> known)
    {
        if (names.Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"--{what} {unknown}: no {what} is called so; there are {string.Join(", ", known.Distinct())}");
    }

    static bool IsAmong(string name, IReadOnlyList<string> names) => names.Count == 0 || names.Contains(name);
}
