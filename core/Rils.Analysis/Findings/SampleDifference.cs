namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline over samples: of the models that were trained, on other samples of the same kind. Says nothing of other seeds.</summary>
/// <param name="Interval">Of the mean difference, by the percentile bootstrap; each sample's difference is its mean over the seeds.</param>
/// <param name="Correlation">Between the arms' outcomes over the samples (Pearson), the mean over the seeds; null where an arm's outcomes are all alike.</param>
/// <param name="Tests">One for each seed; empty where outcomes are not right or wrong.</param>
public sealed record SampleDifference(Interval Interval, double? Correlation, IReadOnlyList<SampleTest> Tests);
