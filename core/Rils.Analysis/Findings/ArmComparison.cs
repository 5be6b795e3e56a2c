using MathNet.Numerics.Statistics;

namespace Rils.Analysis.Findings;

/// <summary>One arm's values of one metric.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Values">One value for each seed, in the unit of the metric.</param>
/// <param name="Mean">The mean over the seeds.</param>
/// <param name="Deviation">The standard deviation over the seeds, with n - 1; null for one seed.</param>
/// <param name="ToBaseline">The arm less the baseline; null for the baseline itself, and where the baseline lacks the
/// metric.</param>
public sealed record ArmComparison(
    string Arm, IReadOnlyList<double> Values, double Mean, double? Deviation, Difference? ToBaseline)
{
    internal static ArmComparison Of(string arm, IReadOnlyList<double> values, Difference? toBaseline) =>
        new(arm, values, values.Mean(), values.Count > 1 ? values.StandardDeviation() : null, toBaseline);
}
