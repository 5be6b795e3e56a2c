using MathNet.Numerics.Distributions;

namespace Rils.Analysis.Statistics;

/// <summary>McNemar's test in its exact form, the sign test: among the samples that only one of two models got right,
/// does each model have half of them?</summary>
static class McNemar
{
    /// <summary>The two-sided p, by the binomial distribution of one half; 1 where no sample tells the models
    /// apart.</summary>
    /// <param name="onlyFirst">The number of samples that only the first model got right.</param>
    /// <param name="onlySecond">The number of samples that only the second model got right.</param>
    public static double P(int onlyFirst, int onlySecond) =>
        Math.Min(1, 2 * Binomial.CDF(0.5, onlyFirst + onlySecond, Math.Min(onlyFirst, onlySecond)));
}
