namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline, paired by seed and by sample.</summary>
/// <param name="Mean">The mean of the seeds' differences, in the unit of the metric.</param>
/// <param name="OverSeeds">The difference over other seeds, on these samples.</param>
/// <param name="OverSamples">The difference of these models over other samples; null where the head has no outcomes of
/// single samples and no replicates.</param>
/// <param name="OverBoth">The difference over other seeds and other samples; null for fewer than
/// <see cref="Comparison.SeedsNeeded"/> seeds, where the head has no outcomes of single samples, and for a single
/// sample.</param>
public sealed record Difference(
    double Mean, SeedDifference OverSeeds, SampleDifference? OverSamples, BothDifference? OverBoth);
