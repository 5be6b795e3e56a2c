namespace Rils.Analysis.Findings;

/// <summary>One value of a comparison: of an arm, a seed and a metric.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Factors">The levels by which a sweep made the arm; empty outside a sweep.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">The value, in the unit of the metric.</param>
public sealed record ComparisonRow(
    string Arm, IReadOnlyDictionary<string, string> Factors, long Seed, string Head, string Metric, double Value);
