namespace Rils.Analysis.Findings;

/// <summary>How much of a difference's variance comes from the seeds and how much from the samples, in the square of
/// the metric's unit.</summary>
/// <param name="Seed">The variance of a seed's part of the difference.</param>
/// <param name="Sample">The variance of a sample's part of the difference.</param>
/// <param name="Residual">The variance of the rest: one sample, judged by the models of one seed.</param>
/// <param name="OfMean">The variance of the mean difference over all seeds and samples.</param>
public sealed record VarianceComponents(double Seed, double Sample, double Residual, double OfMean);
