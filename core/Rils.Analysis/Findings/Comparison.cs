namespace Rils.Analysis.Findings;

/// <summary>Arms beside each other, by what their heads found after the last step.</summary>
/// <param name="Baseline">The arm that differences are to.</param>
/// <param name="Seeds">In rising order.</param>
/// <param name="Arms">All arms, in the order of the folders and their files.</param>
/// <param name="Notes">What to know of the runs, a line each.</param>
/// <param name="References">What figures are to be read against, by head: chance and the like.</param>
/// <param name="Metrics">In the order of the heads.</param>
public sealed record Comparison(
    string Baseline, IReadOnlyList<long> Seeds, IReadOnlyList<string> Arms, IReadOnlyList<string> Notes,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> References, IReadOnlyList<MetricComparison> Metrics)
{
    /// <summary>With fewer seeds nothing is concluded over seeds.</summary>
    public const int SeedsNeeded = 5;

    /// <summary>A corrected p below it is a difference found.</summary>
    public const double Significance = 0.05;
}
