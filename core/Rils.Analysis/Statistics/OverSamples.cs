using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>What paired outcomes of samples say, for all arms that are compared with one baseline.</summary>
static class OverSamples
{
    /// <param name="seeds">The seeds, in the order of the outcomes.</param>
    /// <param name="baseline">The baseline's outcomes, by seed, then by sample.</param>
    /// <param name="arms">Likewise, for each arm.</param>
    public static IReadOnlyList<SampleDifference> Of(IReadOnlyList<long> seeds, double[][] baseline, IReadOnlyList<double[][]> arms)
    {
        var intervals = Bootstrap.Of([.. arms.Select(arm => MeanDifference(arm, baseline))]);
        var isBinary = arms.Prepend(baseline).All(arm => arm.All(seed => seed.All(outcome => outcome is 0 or 1)));
        var tests = isBinary ? seeds.Select((seed, place) => Tests(seed, baseline[place], [.. arms.Select(arm => arm[place])])).ToArray() : [];
        return [.. arms.Select((arm, place) => new SampleDifference(intervals[place], MeanCorrelation(arm, baseline), [.. tests.Select(seed => seed[place])]))];
    }

    /// <summary>For each sample the difference, its mean over the seeds: seeds share their samples, so these are not more samples.</summary>
    static double[] MeanDifference(double[][] arm, double[][] baseline) =>
        [.. Enumerable.Range(0, arm[0].Length).Select(sample => arm.Zip(baseline, (own, other) => own[sample] - other[sample]).Average())];

    static SampleTest[] Tests(long seed, double[] baseline, IReadOnlyList<double[]> arms)
    {
        (int Own, int Other)[] counts = [.. arms.Select(arm => arm.Zip(baseline).ToArray()).Select(pairs =>
            (pairs.Count(pair => pair.First > pair.Second), pairs.Count(pair => pair.First < pair.Second)))];
        double[] raw = [.. counts.Select(count => McNemar.P(count.Own, count.Other))];
        var corrected = Holm.Correct(raw);
        return [.. counts.Select((count, arm) => new SampleTest(seed, count.Own, count.Other, raw[arm], corrected[arm]))];
    }

    static double? MeanCorrelation(double[][] arm, double[][] baseline)
    {
        double[] found = [.. arm.Zip(baseline, (own, other) => Correlation.Pearson(own, other)).Where(double.IsFinite)];
        return found.Length == 0 ? null : found.Average();
    }
}
