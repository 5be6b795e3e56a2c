namespace Rils.Analysis.Findings;

/// <summary>The arms' values of one metric of one head.</summary>
/// <param name="Head">The head's name.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Samples">The number of samples in a value; null where the head has no outcomes of single
/// samples.</param>
/// <param name="Arms">The arms that have the metric.</param>
public sealed record MetricComparison(string Head, string Metric, int? Samples, IReadOnlyList<ArmComparison> Arms);
