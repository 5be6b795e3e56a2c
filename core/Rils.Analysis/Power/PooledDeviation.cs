using MathNet.Numerics.Distributions;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Power;

/// <summary>The standard deviation of paired differences over seeds, pooled over arms.</summary>
/// <param name="Value">The root mean square of the arms' standard deviations (with n - 1).</param>
/// <param name="Interval">Its interval by the chi-squared distribution with n - 1 degrees of freedom, for normal
/// differences. More arms make it no narrower: all share the baseline and the seeds, so that their spreads are not
/// independent.</param>
/// <param name="Seeds">The number of seeds n.</param>
/// <param name="Arms">The number of pooled arms.</param>
public sealed record PooledDeviation(double Value, Interval Interval, int Seeds, int Arms)
{
    /// <param name="deviations">The standard deviation of each arm's differences, of one or more arms.</param>
    /// <param name="seeds">The number of seeds, 2 or more.</param>
    internal static PooledDeviation Of(IReadOnlyList<double> deviations, int seeds)
    {
        var (value, freedom) = (Math.Sqrt(deviations.Average(deviation => deviation * deviation)), seeds - 1);
        double End(double share) => value * Math.Sqrt(freedom / ChiSquared.InvCDF(freedom, share));
        const double Tail = (1 - Interval.Level) / 2;
        return new(value, new(End(1 - Tail), End(Tail)), seeds, deviations.Count);
    }
}
