namespace Rils.Analysis.Findings;

/// <summary>McNemar's exact test of one seed's two models.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="OnlyArm">Samples that the arm alone got right.</param>
/// <param name="OnlyBaseline">Samples that the baseline alone got right.</param>
/// <param name="P">Two-sided.</param>
/// <param name="PHolm">The same corrected for the number of arms that are compared with the baseline.</param>
public sealed record SampleTest(long Seed, int OnlyArm, int OnlyBaseline, double P, double PHolm);
