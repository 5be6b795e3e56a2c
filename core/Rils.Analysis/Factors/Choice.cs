using Rils.Analysis.Findings;
using Rils.Analysis.Joining;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Factors;

/// <summary>Chooses among the arms that a sweep made of one arm.</summary>
static class Choice
{
    /// <param name="joined">The arms.</param>
    /// <param name="metrics">All metrics, with their heads.</param>
    public static IReadOnlyList<ChosenArm> Of(JoinedRuns joined, IReadOnlyList<(string Head, string Metric)> metrics)
    {
        if (joined.Primary is not { } primary) return [];
        var (head, metric) = metrics.FirstOrDefault(one => primary.Is(one.Head, one.Metric));
        if (head is null || !metrics.Contains((ValidationHead.NameOf(head), metric))) return [];
        return [.. from arm in joined.Arms
                   where arm.Factors.Count > 1 && !arm.IsAverage
                   let found = Found(arm, ValidationHead.NameOf(head), metric)
                   where found is not null && Found(arm, head, metric) is not null
                   group (Arm: arm, Found: found) by arm.Factors[Factor.Arms] into made
                   where made.Count() > 1
                   let best = made.MaxBy(one => Goodness(one.Found, metric))
                   select new ChosenArm(made.Key, best.Arm.Name, Shown(best.Arm, ValidationHead.NameOf(head), metric),
                       Shown(best.Arm, head, metric))];
    }

    /// <summary>The head's findings for each seed; null where a seed lacks the metric, as where the head
    /// failed.</summary>
    static IReadOnlyList<HeadOutcome>? Found(JoinedArm arm, string head, string metric) =>
        arm.Last(head) is { } found && found.All(seed => seed.Metrics.ContainsKey(metric)) ? found : null;

    /// <summary>The metric's mean over the seeds, turned where the lower is better.</summary>
    static double Goodness(IReadOnlyList<HeadOutcome> found, string metric) =>
        found.Average(seed => seed.Metrics[metric].Value)
            * (found[0].Metrics[metric].Reading == MetricReading.LowerIsBetter ? -1 : 1);

    static ArmComparison Shown(JoinedArm arm, string head, string metric) =>
        ArmComparison.Of(arm.Name, [.. arm.Last(head)!.Select(seed => seed.Metrics[metric].Value)], null);
}
