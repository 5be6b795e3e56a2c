using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Compares arms with one baseline over seeds and samples at once. Where samples come in clusters, the
/// clusters take their place, each with the sum of its samples.</summary>
static class OverBoth
{
    /// <param name="baseline">The baseline with its outcomes of samples.</param>
    /// <param name="arms">The arms with their outcomes of samples.</param>
    /// <returns>A difference for each arm; null for fewer than <see cref="Comparison.SeedsNeeded"/> seeds, and for a
    /// single sample.</returns>
    public static IReadOnlyList<BothDifference?> Of(JudgedArm baseline, IReadOnlyList<JudgedArm> arms)
    {
        var isEnough = baseline.Parts.Length >= Comparison.SeedsNeeded
            && Clustered.Sizes(baseline.Parts[0].Length, baseline.Clusters).Length > 1;
        return [.. arms.Select(arm => isEnough ? Of(baseline, arm, Comparison.Simultaneous(arms.Count)) : null)];
    }

    static BothDifference Of(JudgedArm baseline, JudgedArm arm, double level)
    {
        double[][] differences = [.. arm.Parts.Zip(baseline.Parts, (own, other) =>
            (double[])[.. own.Zip(other, (one, two) => one - two)])];
        var mean = differences.Average(seed => seed.Average());
        var crossed = Crossed.Of(
            [.. differences.Select(seed => Clustered.Shares(seed, baseline.Clusters, mean))]);
        var degenerate = Rounding.Of([.. differences.SelectMany(seed => Clustered.Means(seed, baseline.Clusters))],
            [.. arm.Parts.Concat(baseline.Parts).SelectMany(seed => seed)]);
        return degenerate is null
            ? new(crossed.Interval(Interval.Level), crossed.Interval(level), crossed.Freedom, crossed.Components, null)
            : new(null, null, crossed.Freedom, crossed.Components, degenerate);
    }
}
