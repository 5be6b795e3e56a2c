using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;

namespace Rils.Analysis.Power;

/// <summary>The power of the comparison over seeds: how probably a difference is found. The test is the two-sided
/// paired t test, at the level that makes the intervals of all arms hold at once.</summary>
/// <remarks>
/// Differences are in units of the standard deviation of the paired differences between seeds. With n seeds the test
/// divides a normal number with the mean difference × √n and the variance 1 by an independent chi number, divided by
/// √(n - 1): the noncentral t distribution, by its definition. Given the chi number, the probability of a finding is
/// one of the normal distribution, and the power is the mean over the chi numbers. R's <c>power.t.test</c> computes the
/// same with <c>strict = TRUE</c>.
/// </remarks>
public static class SeedPower
{
    /// <summary>The probability with which plans want to find a difference.</summary>
    public const double Wanted = 0.8;

    /// <summary>The most seeds that <see cref="SeedsNeeded"/> tries.</summary>
    public const int MostSeeds = 1000;

    /// <summary>The probability of finding a difference, in either direction.</summary>
    /// <param name="difference">The true difference, in standard deviations of the paired differences.</param>
    /// <param name="seeds">The number of seeds, 2 or more.</param>
    /// <param name="others">The number of arms beside the baseline, 1 or more.</param>
    public static double Of(double difference, int seeds, int others) =>
        Of(difference, seeds, Student.Reach(Comparison.Simultaneous(others), seeds - 1));

    /// <param name="difference">The true difference, in standard deviations.</param>
    /// <param name="seeds">The number of seeds.</param>
    /// <param name="reach">The t from which on a difference is found.</param>
    static double Of(double difference, int seeds, double reach)
    {
        var (freedom, shift) = (seeds - 1, difference * Math.Sqrt(seeds));
        double Found(double chi)
        {
            var bound = reach * chi / Math.Sqrt(freedom);
            return Chi.PDF(freedom, chi) * (Normal.CDF(0, 1, shift - bound) + Normal.CDF(0, 1, -shift - bound));
        }
        // Beyond these ends lies less than 1e-13 of the distribution, whose standard deviation is at most √½.
        var (low, high) = (Math.Max(0, Math.Sqrt(freedom) - 8), Math.Sqrt(freedom) + 8);
        return Integrate.GaussKronrod(Found, low, high, targetRelativeError: 1e-11);
    }

    /// <summary>The smallest difference that is found with the probability <see cref="Wanted"/>, in standard deviations
    /// of the paired differences.</summary>
    /// <param name="seeds">The number of seeds, 2 or more.</param>
    /// <param name="others">The number of arms beside the baseline, 1 or more.</param>
    public static double SmallestDifference(int seeds, int others)
    {
        var reach = Student.Reach(Comparison.Simultaneous(others), seeds - 1);
        // The difference at which the numerator alone reaches the bound, for the largest chi number that matters.
        var most = (reach * (1 + 8 / Math.Sqrt(seeds - 1)) + 8) / Math.Sqrt(seeds);
        return Brent.FindRoot(difference => Of(difference, seeds, reach) - Wanted, 0, most, accuracy: 1e-12);
    }

    /// <summary>The smallest number of seeds that find a difference with the probability <see cref="Wanted"/>:
    /// <see cref="Comparison.SeedsNeeded"/> or more. Null where that takes more than <see cref="MostSeeds"/>.</summary>
    /// <param name="difference">The true difference, in standard deviations of the paired differences.</param>
    /// <param name="others">The number of arms beside the baseline, 1 or more.</param>
    public static int? SeedsNeeded(double difference, int others)
    {
        bool AreEnough(int seeds) => Of(difference, seeds, others) >= Wanted;
        if (!AreEnough(MostSeeds)) return null;
        var (fewest, enough) = (Comparison.SeedsNeeded, MostSeeds);
        while (fewest < enough)
        {
            var middle = (fewest + enough) / 2;
            if (AreEnough(middle)) enough = middle;
            else fewest = middle + 1;
        }
        return enough;
    }
}
