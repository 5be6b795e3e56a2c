using Rils.Contract;

namespace Rils.Analysis.Findings;

/// <summary>The arms' values of one metric of one head.</summary>
/// <param name="Head">The head's name.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Reading">How a reader judges the metric.</param>
/// <param name="Unit">The metric's unit; null for a rate, a count, and any other number without a unit.</param>
/// <param name="Chance">The value that a guess has on the average; null where there is no such value.</param>
/// <param name="Samples">The number of samples in a value; null where the head has no outcomes of single
/// samples.</param>
/// <param name="Clusters">The number of clusters that the samples come in; null where each sample stands for
/// itself.</param>
/// <param name="Arms">The arms that have the metric.</param>
public sealed record MetricComparison(
    string Head, string Metric, MetricReading Reading, string? Unit, double? Chance, int? Samples,
    int? Clusters, IReadOnlyList<ArmComparison> Arms)
{
    /// <summary>Whether the runs named this metric when they began. The findings of any other metric
    /// are exploratory.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>The changes that the factors of sweeps make, a part for arms that have the same factors; empty where no
    /// sweep made the arms.</summary>
    public IReadOnlyList<FactorComparison> Factors { get; init; } = [];
}
