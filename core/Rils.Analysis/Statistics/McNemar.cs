using MathNet.Numerics.Distributions;

namespace Rils.Analysis.Statistics;

/// <summary>McNemar's test in its exact form (the sign test): of the samples that one of two models alone got right, is half by each?</summary>
static class McNemar
{
    /// <summary>Two-sided, by the binomial distribution of one half; 1 where no sample tells the models apart.</summary>
    /// <param name="onlyFirst">Samples that the first alone got right.</param>
    /// <param name="onlySecond">Samples that the second alone got right.</param>
    public static double P(int onlyFirst, int onlySecond) =>
        Math.Min(1, 2 * Binomial.CDF(0.5, onlyFirst + onlySecond, Math.Min(onlyFirst, onlySecond)));
}
