using MathNet.Numerics.Distributions;

namespace Rils.Analysis.Statistics;

/// <summary>Student's t distribution.</summary>
static class Student
{
    /// <summary>The t for which a draw lies between -t and t with some probability.</summary>
    /// <param name="level">The probability, above 0 and below 1.</param>
    /// <param name="freedom">The degrees of freedom, above 0; not necessarily a whole number.</param>
    public static double Reach(double level, double freedom)
    {
        var tail = (1 - level) / 2;
        var low = StudentT.InvCDF(0, 1, freedom, tail);
        // Math.NET searches to 1e-8. Each step of Newton's doubles the number of right digits.
        for (var step = 0; step < 2; step++)
            low -= (StudentT.CDF(0, 1, freedom, low) - tail) / StudentT.PDF(0, 1, freedom, low);
        return -low;
    }

    /// <summary>The probability of a draw below <paramref name="t"/>.</summary>
    public static double Below(double t, double freedom) => StudentT.CDF(0, 1, freedom, t);

    /// <summary>The two-sided p: the probability of a draw at least as far from 0 as <paramref name="t"/>.</summary>
    public static double P(double t, double freedom) => 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t));
}
