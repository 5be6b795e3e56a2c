using Rils.Contract;

namespace Rils.Analysis.Findings;

/// <summary>The arms beside each other, by the results of their heads after the last step.</summary>
/// <param name="Baseline">The name of the baseline: each difference is an arm less the baseline.</param>
/// <param name="Seeds">The seeds, in rising order.</param>
/// <param name="Arms">The names of all arms, in the order of the folders and of the arms in their files.</param>
/// <param name="Notes">Lines for the reader: failures, and differences between the runs beside their arms.</param>
/// <param name="References">For each head the values that a reader compares its metrics with, such as the number of
/// samples.</param>
/// <param name="Metrics">The metrics, in the order of the heads.</param>
public sealed record Comparison(
    string Baseline, IReadOnlyList<long> Seeds, IReadOnlyList<string> Arms, IReadOnlyList<string> Notes,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, HeadMetric>> References,
    IReadOnlyList<MetricComparison> Metrics)
{
    /// <summary>The number of seeds from which on a comparison draws conclusions over seeds.</summary>
    public const int SeedsNeeded = 5;

    /// <summary>A difference counts as found where its corrected p is below this level.</summary>
    public const double Significance = 0.05;
}
