using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Compares arms with one baseline by paired differences of seeds.</summary>
static class OverSeeds
{
    /// <param name="baseline">The baseline's metric for each seed.</param>
    /// <param name="arms">The metric for each seed, for each arm.</param>
    /// <returns>A difference for each arm, without <see cref="Difference.OverSamples"/>.</returns>
    public static IReadOnlyList<Difference> Of(
        IReadOnlyList<double> baseline, IReadOnlyList<IReadOnlyList<double>> arms)
    {
        double[][] differences = [.. arms.Select(arm => (double[])[.. arm.Zip(baseline, (own, other) => own - other)])];
        var isEnough = baseline.Count >= Comparison.SeedsNeeded;
        double[] raw = isEnough ? [.. differences.Select(SignFlip.P)] : [];
        var corrected = Holm.Correct(raw);
        return [.. differences.Select((values, arm) => isEnough
            ? new Difference(
                values.Mean(), StudentInterval.Of(values), raw[arm], corrected[arm],
                Found(values.Mean(), corrected[arm]), null)
            : new Difference(values.Mean(), StudentInterval.Of(values), null, null, Finding.TooFewSeeds, null))];
    }

    static Finding Found(double difference, double p) =>
        p >= Comparison.Significance ? Finding.NoDifferenceFound : difference > 0 ? Finding.Higher : Finding.Lower;
}
