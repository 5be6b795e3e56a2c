using MathNet.Numerics.Distributions;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Newcombe's interval of the difference of two paired proportions (1998, method 10): the two proportions'
/// intervals by Wilson, put together by the correlation of the pairs.</summary>
static class Newcombe
{
    /// <summary>The interval of the first proportion less the second. The samples are drawn independently.</summary>
    /// <param name="both">The number of samples that both models got right.</param>
    /// <param name="onlyFirst">The number of samples that only the first model got right.</param>
    /// <param name="onlySecond">The number of samples that only the second model got right.</param>
    /// <param name="neither">The number of samples that no model got right.</param>
    /// <param name="level">The confidence, above 0 and below 1.</param>
    /// <returns>The interval, within -1 to 1 and never of width 0.</returns>
    public static Interval Of(int both, int onlyFirst, int onlySecond, int neither, double level)
    {
        var samples = both + onlyFirst + onlySecond + neither;
        var correlation = Correlation(both, onlyFirst, onlySecond, neither);
        var (first, second) =
            (Wilson(both + onlyFirst, samples, level), Wilson(both + onlySecond, samples, level));
        var difference = (double)(onlyFirst - onlySecond) / samples;
        return new(difference - Joined(first.Below, second.Above), difference + Joined(first.Above, second.Below));

        double Joined(double one, double other) =>
            Math.Sqrt(Math.Max(0, one * one - 2 * correlation * one * other + other * other));
    }

    /// <summary>The correlation of the pairs (phi), made smaller where it is above 0; 0 where a model got all samples
    /// right, or none.</summary>
    static double Correlation(double both, double onlyFirst, double onlySecond, double neither)
    {
        var margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
        if (margins == 0) return 0;
        var determinant = both * neither - onlyFirst * onlySecond;
        var half = (both + onlyFirst + onlySecond + neither) / 2;
        return (determinant > 0 ? Math.Max(0, determinant - half) : determinant) / Math.Sqrt(margins);
    }

    /// <summary>How far Wilson's interval (1927) reaches below and above a proportion.</summary>
    static (double Below, double Above) Wilson(double right, double samples, double level)
    {
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var (share, total) = (right / samples, samples + z * z);
        var middle = (right + z * z / 2) / total;
        var reach = z * Math.Sqrt(right * (1 - share) + z * z / 4) / total;
        return (share - (middle - reach), middle + reach - share);
    }
}
