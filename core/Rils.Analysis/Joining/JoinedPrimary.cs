using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>The metric that joined runs are about, as their beginnings name it.</summary>
static class JoinedPrimary
{
    /// <summary>The metric that all runs named when they began, without a margin where they named several; null where a
    /// run named none, or two named others.</summary>
    public static PrimaryMetric? Of(IReadOnlyList<FinishedRun> runs)
    {
        var named = runs.Select(run => run.Manifest.Primary).Distinct().ToArray();
        return named[0] is not { } first || named.Any(other => other?.Metric != first.Metric) ? null
            : named.Length == 1 ? first : first with { Margin = null };
    }

    /// <summary>Lines for the reader: where the runs differ in the metric or its margin, and where a later choice
    /// replaced the first one.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<FinishedRun> runs)
    {
        static string Name(PrimaryMetric? primary) => primary?.ToString() ?? "none";
        var named = runs.GroupBy(run => Name(run.Manifest.Primary)).ToArray();
        if (named.Length > 1)
            yield return (Of(runs) is null
                ? "the runs named other primary metrics when they began, so all findings are exploratory: "
                : "the runs named other margins when they began, so no equivalence is tested: ")
                + string.Join("; ", named.Select(same =>
                    $"{same.Key} in {string.Join(", ", same.Select(run => run.Folder))}"));
        foreach (var run in runs)
            if (PrimaryMetric.Of(run.Experiment) is var now && now != run.Manifest.Primary)
                yield return $"{run.Folder}: the primary metric was {Name(run.Manifest.Primary)} when the run began, "
                    + $"and is {Name(now)} since it was resumed; what was chosen later is exploratory";
    }
}
