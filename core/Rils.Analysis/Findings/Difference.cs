namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline, paired by seed and by sample.</summary>
/// <param name="Mean">The mean of the seeds' differences, in the unit of the metric.</param>
/// <param name="OverSeeds">The interval of the mean by Student's t over the seeds; null for one seed.</param>
/// <param name="P">The two-sided p of the sign-flip test over seeds; null for fewer than
/// <see cref="Comparison.SeedsNeeded"/> seeds.</param>
/// <param name="PHolm"><paramref name="P"/>, corrected for the number of arms that are compared with the
/// baseline.</param>
/// <param name="Finding">The conclusion from the corrected p.</param>
/// <param name="OverSamples">The difference over samples; null where the head has no outcomes of single
/// samples.</param>
public sealed record Difference(
    double Mean, Interval? OverSeeds, double? P, double? PHolm, Finding Finding, SampleDifference? OverSamples);
