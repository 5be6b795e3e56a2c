namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline over samples: how the trained models would differ on other samples of the same
/// kind. The difference says nothing about other seeds.</summary>
/// <param name="Interval">The interval of the mean difference by the percentile bootstrap; the difference of a sample,
/// or of a resample, is its mean over the seeds. Null where <paramref name="Degenerate"/> says why.</param>
/// <param name="Degenerate">Why there is no interval; null where there is one.</param>
/// <param name="Correlation">Pearson's correlation of the two arms' outcomes over the samples, as the mean over the
/// seeds; null where an arm's outcomes are all alike, and for a metric that is no mean over samples.</param>
/// <param name="Models">The two models of each seed.</param>
public sealed record SampleDifference(
    Interval? Interval, Degenerate? Degenerate, double? Correlation, IReadOnlyList<ModelDifference> Models);
