using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Student's paired t, for differences that are drawn independently and are about normal.</summary>
/// <param name="Mean">The mean of the differences.</param>
/// <param name="Error">The standard error of the mean; NaN for one difference, which shows no spread.</param>
/// <param name="Freedom">The degrees of freedom: the number of differences, less 1.</param>
sealed record PairedT(double Mean, double Error, int Freedom)
{
    /// <param name="differences">One or more differences.</param>
    public static PairedT Of(IReadOnlyList<double> differences) => new(
        differences.Mean(), differences.StandardDeviation() / Math.Sqrt(differences.Count), differences.Count - 1);

    /// <summary>The two-sided p of no difference; 0 for a constant difference other than 0, NaN where all differences
    /// are 0 and for one difference.</summary>
    public double P => double.IsNaN(Mean / Error) ? double.NaN : Student.P(Mean / Error, Freedom);

    /// <summary>The p of a mean that lies a margin or more from 0, by two one-sided tests: the larger of their
    /// p's.</summary>
    /// <param name="margin">The margin, above 0.</param>
    public double EquivalenceP(double margin) => Math.Max(
        Student.Below((Mean - margin) / Error, Freedom), Student.Below(-(Mean + margin) / Error, Freedom));

    /// <summary>The interval of the mean; of width 0 for a constant difference, and NaN for one difference.</summary>
    /// <param name="level">The confidence, above 0 and below 1.</param>
    public Interval Interval(double level)
    {
        var reach = Freedom == 0 ? double.NaN : Student.Reach(level, Freedom) * Error;
        return new(Mean - reach, Mean + reach);
    }
}
