using Rils.Contract;
using Rils.Runs;

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
    /// <summary>The metric that the runs were about when they began; null where they named none, or several.</summary>
    public PrimaryMetric? Primary { get; init; }

    /// <summary>The levels of each arm that a sweep made, by the keys of the factors; <see cref="Factor.Arms"/> has the
    /// arm of the file.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Factors { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The arms of a sweep that are best on the validation data, one for each arm of the file of which the
    /// sweep made several; empty without a primary metric and without validation data for it.</summary>
    public IReadOnlyList<ChosenArm> Choices { get; init; } = [];

    /// <summary>All values, one by one.</summary>
    public IEnumerable<ComparisonRow> Rows =>
        from metric in Metrics
        from arm in metric.Arms
        from value in Seeds.Zip(arm.Values)
        select new ComparisonRow(arm.Arm, Factors.GetValueOrDefault(arm.Arm) ?? new Dictionary<string, string>(),
            value.First, metric.Head, metric.Metric, value.Second);

    /// <summary>The number of seeds from which on a comparison draws conclusions over seeds.</summary>
    public const int SeedsNeeded = 3;

    /// <summary>The number of seeds from which on the sign-flip test can give a p below 0.05.</summary>
    public const int SeedsForSigns = 6;

    /// <summary>The confidence at which each of several intervals must hold, so that all hold at once with
    /// <see cref="Interval.Level"/> (Bonferroni).</summary>
    /// <param name="intervals">The number of intervals, 1 or more: of arms that are compared with the
    /// baseline.</param>
    public static double Simultaneous(int intervals) => 1 - (1 - Interval.Level) / intervals;
}
