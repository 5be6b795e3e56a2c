namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline, paired: seed by seed, sample by sample.</summary>
/// <param name="Mean">Of the seeds' differences.</param>
/// <param name="OverSeeds">Of the mean, by Student's t over the seeds; null for one seed.</param>
/// <param name="P">Of the sign-flip test over seeds, two-sided; null for fewer than <see cref="Comparison.SeedsNeeded"/> seeds.</param>
/// <param name="PHolm">The same corrected for the number of arms that are compared with the baseline.</param>
/// <param name="Finding">What the corrected p says.</param>
/// <param name="OverSamples">Null where the head tells nothing of samples.</param>
public sealed record Difference(double Mean, Interval? OverSeeds, double? P, double? PHolm, Finding Finding, SampleDifference? OverSamples);
