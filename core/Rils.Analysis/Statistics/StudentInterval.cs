using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>The interval of a mean by Student's t, for numbers that are drawn independently and are about
/// normal.</summary>
static class StudentInterval
{
    /// <returns>The interval; null for fewer than two numbers, which show no spread.</returns>
    public static Interval? Of(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return null;
        var quantile = StudentT.InvCDF(0, 1, values.Count - 1, (1 + Interval.Level) / 2);
        var reach = quantile * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new(values.Mean() - reach, values.Mean() + reach);
    }
}
