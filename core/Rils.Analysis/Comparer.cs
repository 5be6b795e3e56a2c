using Rils.Analysis.Factors;
using Rils.Analysis.Findings;
using Rils.Analysis.Joining;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis;

/// <summary>Compares the arms of finished runs.</summary>
public static class Comparer
{
    /// <summary>Reads run folders and compares all arms with the baseline.</summary>
    /// <param name="folders">One or more folders of runs or sweeps; the comparison joins their arms.</param>
    /// <param name="options">The heads and metrics to show, and the baseline.</param>
    /// <exception cref="InvalidDataException">A folder holds nothing to compare, the folders differ in more than their
    /// arms, or <paramref name="options"/> names an arm, head or metric that the folders lack.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Comparison Compare(IReadOnlyList<string> folders, CompareOptions options)
    {
        var joined = Only(JoinedRuns.Read(folders), options);
        if (joined.Arms.Count == 0)
            throw new InvalidDataException($"nothing can be compared: {string.Join("; ", joined.Notes)}");
        (string Head, string Metric)[] all = [.. Metrics(joined.Arms)];
        if (all.Length == 0)
            throw new InvalidDataException(joined.Arms.Any(arm => arm.Outcomes.Any(outcome => outcome.Heads.Count > 0))
                ? $"nothing can be compared: {string.Join("; ", joined.Notes)}"
                : $"{joined.Arms[0].Run.Folder} has no results: its experiment has no [[head]]");
        Check("head", options.Heads, all.Select(one => one.Head));
        Check("metric", options.Metrics, all.Select(one => one.Metric));
        var baseline = Baseline(joined, options.Baseline);
        var comparer = new MetricComparer(joined, baseline, new SampleValues(joined.Arms));
        var shown = all.Where(one => (IsAmong(one.Head, options.Heads) && !ValidationHead.Is(one.Head)
            || options.Heads.Contains(one.Head)) && IsAmong(one.Metric, options.Metrics));
        return new(
            baseline.Name, joined.Seeds, [.. joined.Arms.Select(arm => arm.Name)],
            [.. joined.Notes, .. PrimaryLacks(joined, all)], ReadAgainst(joined.Arms),
            [.. shown.Select(one => comparer.Of(one.Head, one.Metric))])
        {
            Primary = joined.Primary,
            Choices = Choice.Of(joined, all),
            Factors = joined.Arms.Where(arm => arm.Factors.Count > 0)
                .ToDictionary(arm => arm.Name, arm => arm.Factors),
        };
    }

    static IEnumerable<string> PrimaryLacks(JoinedRuns joined, IEnumerable<(string Head, string Metric)> all) =>
        joined.Primary is { } primary && !all.Any(one => primary.Is(one.Head, one.Metric))
            ? [$"the primary metric {primary.Metric} is in no figure: no arm has it"] : [];

    static JoinedRuns Only(JoinedRuns joined, CompareOptions options)
    {
        static bool Has(JoinedArm arm, string name) =>
            arm.Name == name || arm.Factors.GetValueOrDefault(Factor.Arms) == name;
        if (options.Arms.Count == 0) return joined;
        if (options.Arms.FirstOrDefault(name => !joined.Arms.Any(arm => Has(arm, name))) is { } unknown)
            throw new InvalidDataException(NoArm("arm", unknown, joined));
        JoinedArm[] shown = [.. joined.All.Where(arm =>
            arm.Name == options.Baseline || options.Arms.Any(name => Has(arm, name)))];
        var left = joined.Arms.Count - joined.Arms.Intersect(shown).Count();
        return joined.With(shown, left == 0 ? []
            : [$"{left} arms are left out by --arm; the intervals hold at once for those shown alone, which nobody "
                + "should choose by their figures"]);
    }

    static string NoArm(string option, string name, JoinedRuns joined)
    {
        var why = string.Concat(joined.Notes
            .Where(note => note.StartsWith($"arm {name} ", StringComparison.Ordinal)).Select(note => $"\n  {note}"));
        return $"--{option} {name}: no arm that can be compared has this name; the names are "
            + $"{string.Join(", ", joined.Arms.Select(arm => arm.Name))}{why}";
    }

    static IEnumerable<(string Head, string Metric)> Metrics(IReadOnlyList<JoinedArm> arms) =>
        from head in Heads(arms)
        from metric in References.Others(head)
        select (head.Key, metric);

    static Dictionary<string, IReadOnlyDictionary<string, HeadMetric>> ReadAgainst(IReadOnlyList<JoinedArm> arms) =>
        Heads(arms).ToDictionary(head => head.Key, IReadOnlyDictionary<string, HeadMetric> (head) =>
            head.SelectMany(found => found.Metrics).Where(metric => References.Is(metric.Value))
                .DistinctBy(metric => metric.Key).ToDictionary());

    static IEnumerable<IGrouping<string, HeadOutcome>> Heads(IReadOnlyList<JoinedArm> arms) =>
        arms.SelectMany(arm => FinishedRun.Last(arm.Outcomes[0])).GroupBy(found => found.Head);

    static JoinedArm Baseline(JoinedRuns joined, string? name)
    {
        if (name is null)
            return joined.Arms.LastOrDefault(arm => arm.Run.Folder == joined.Arms[0].Run.Folder && !arm.IsAverage)
                ?? joined.Arms[^1];
        return joined.Arms.FirstOrDefault(arm => arm.Name == name)
            ?? throw new InvalidDataException(NoArm("baseline", name, joined));
    }

    static void Check(string what, IReadOnlyList<string> names, IEnumerable<string> known)
    {
        if (names.Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidDataException(
                $"--{what} {unknown}: no {what} has this name; "
                + $"the names are {string.Join(", ", known.Distinct())}");
    }

    static bool IsAmong(string name, IReadOnlyList<string> names) => names.Count == 0 || names.Contains(name);
}
