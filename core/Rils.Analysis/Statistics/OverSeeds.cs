using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>What paired differences of seeds say, for all arms that are compared with one baseline.</summary>
static class OverSeeds
{
    /// <param name="baseline">The metric for each seed.</param>
    /// <param name="arms">Likewise, for each arm.</param>
    /// <returns>For each arm, without what samples say.</returns>
    public static IReadOnlyList<Difference> Of(IReadOnlyList<double> baseline, IReadOnlyList<IReadOnlyList<double>> arms)
    {
        double[][] differences = [.. arms.Select(arm => (double[])[.. arm.Zip(baseline, (own, other) => own - other)])];
        var isEnough = baseline.Count >= Comparison.SeedsNeeded;
        double[] raw = isEnough ? [.. differences.Select(SignFlip.P)] : [];
        var corrected = Holm.Correct(raw);
        return [.. differences.Select((values, arm) => isEnough
            ? new Difference(values.Mean(), StudentInterval.Of(values), raw[arm], corrected[arm], Found(values.Mean(), corrected[arm]), null)
            : new Difference(values.Mean(), StudentInterval.Of(values), null, null, Finding.TooFewSeeds, null))];
    }

    static Finding Found(double difference, double p) =>
        p >= Comparison.Significance ? Finding.NoDifferenceFound : difference > 0 ? Finding.Higher : Finding.Lower;
}
