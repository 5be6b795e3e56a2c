namespace Rils.Analysis.Findings;

/// <summary>McNemar's exact test of the two models of one seed.</summary>
/// <param name="OnlyArm">The number of samples that only the arm got right.</param>
/// <param name="OnlyBaseline">The number of samples that only the baseline got right.</param>
/// <param name="P">The two-sided p.</param>
/// <param name="PHolm"><paramref name="P"/>, corrected for the number of arms that are compared with the
/// baseline.</param>
public sealed record SampleTest(int OnlyArm, int OnlyBaseline, double P, double PHolm);
