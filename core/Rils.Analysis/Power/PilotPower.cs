using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;

namespace Rils.Analysis.Power;

/// <summary>The power of a planned comparison, from the spread over seeds that a finished run saw.</summary>
public static class PilotPower
{
    /// <summary>Takes the spread of each metric from a finished comparison.</summary>
    /// <param name="pilot">The finished comparison, of <see cref="Comparison.SeedsNeeded"/> seeds or more.</param>
    /// <param name="plan">The planned comparison; its seeds and arms need not be those of
    /// <paramref name="pilot"/>.</param>
    /// <returns>The metrics in the order of the pilot, the primary one first.</returns>
    public static IReadOnlyList<MetricPower> Of(Comparison pilot, PlannedComparison plan) =>
        [.. pilot.Metrics.Select(metric => Of(metric, pilot, plan)).OrderBy(power => !power.IsPrimary)];

    /// <summary>Whether a metric is the one that the planned experiment is about.</summary>
    public static bool IsPrimary(MetricComparison metric, PlannedComparison plan) =>
        plan.Primary is { } primary && primary.Is(metric.Head, metric.Metric);

    static MetricPower Of(MetricComparison metric, Comparison pilot, PlannedComparison plan)
    {
        var isPrimary = IsPrimary(metric, plan);
        var others = plan.Arms - 1;
        if (Pooled(metric, pilot) is not { } deviation) return new(metric, isPrimary, null, null, null, []);
        double? smallest = plan.Seeds >= Comparison.SeedsNeeded
            ? SeedPower.SmallestDifference(plan.Seeds, others) : null;
        // The margin is in the unit of the metric that the experiment is about.
        (string? Arm, double Difference)[] sought = isPrimary && plan.Primary!.Margin is { } margin ? [(null, margin)]
            : [.. from arm in metric.Arms
                  where arm.ToBaseline is not null
                  select ((string?)arm.Arm, arm.ToBaseline!.Mean)];
        return new(metric, isPrimary, deviation, smallest * deviation.Value,
            smallest is { } times ? new(times * deviation.Interval.Low, times * deviation.Interval.High) : null,
            [.. sought.Select(one => Needed(one.Arm, one.Difference, deviation, others))]);
    }

    static SoughtDifference Needed(string? arm, double difference, PooledDeviation deviation, int others)
    {
        int? Seeds(double spread) => SeedPower.SeedsNeeded(Math.Abs(difference) / spread, others);
        return new(arm, difference,
            Seeds(deviation.Value), Seeds(deviation.Interval.Low), Seeds(deviation.Interval.High));
    }

    /// <summary>The spread of the arms whose differences vary; null where none do.</summary>
    static PooledDeviation? Pooled(MetricComparison metric, Comparison pilot)
    {
        if (metric.Arms.FirstOrDefault(arm => arm.Arm == pilot.Baseline) is not { } baseline) return null;
        double[] deviations = [.. from arm in metric.Arms
                                  where arm != baseline
                                  let differences = arm.Values.Zip(baseline.Values, (own, other) => own - other)
                                      .ToArray()
                                  where Rounding.Of(differences, [.. arm.Values, .. baseline.Values]) is null
                                  select differences.StandardDeviation()];
        return deviations.Length == 0 ? null : PooledDeviation.Of(deviations, pilot.Seeds.Count);
    }
}
