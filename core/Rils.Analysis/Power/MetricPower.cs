using Rils.Analysis.Findings;

namespace Rils.Analysis.Power;

/// <summary>The power of a planned comparison by one metric, from the spread that a finished run saw.</summary>
/// <param name="Metric">The metric as the finished run has it.</param>
/// <param name="IsPrimary">Whether the planned experiment is about this metric.</param>
/// <param name="Deviation">The spread of the paired differences; null where no arm's differences vary.</param>
/// <param name="Smallest">The smallest difference that the planned comparison finds with
/// <see cref="SeedPower.Wanted"/>, in the metric's unit; null where <paramref name="Deviation"/> is, and for too few
/// planned seeds.</param>
/// <param name="SmallestRange">The same, from both ends of the spread's interval.</param>
/// <param name="Sought">The differences to find; empty where <paramref name="Deviation"/> is null.</param>
public sealed record MetricPower(
    MetricComparison Metric, bool IsPrimary, PooledDeviation? Deviation, double? Smallest, Interval? SmallestRange,
    IReadOnlyList<SoughtDifference> Sought);
