namespace Rils.Analysis.Findings;

/// <summary>One metric of one head.</summary>
/// <param name="Head">The head's name.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Samples">How many samples it is the mean of; null where the head tells nothing of samples.</param>
/// <param name="Arms">Those that have it.</param>
public sealed record MetricComparison(string Head, string Metric, int? Samples, IReadOnlyList<ArmComparison> Arms);
