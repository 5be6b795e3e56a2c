using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Compares arms with one baseline by paired outcomes of samples.</summary>
static class OverSamples
{
    /// <param name="seeds">The seeds, in the order of the outcomes.</param>
    /// <param name="baseline">The baseline's outcomes [seeds, samples].</param>
    /// <param name="arms">The outcomes [seeds, samples] of each arm.</param>
    public static IReadOnlyList<SampleDifference> Of(
        IReadOnlyList<long> seeds, double[][] baseline, IReadOnlyList<double[][]> arms)
    {
        var intervals = Bootstrap.Of([.. arms.Select(arm => MeanDifference(arm, baseline))]);
        var isBinary = arms.Prepend(baseline).All(arm => arm.All(seed => seed.All(outcome => outcome is 0 or 1)));
        var tests = isBinary
            ? seeds.Select((seed, place) => Tests(seed, baseline[place], [.. arms.Select(arm => arm[place])])).ToArray()
            : [];
        return [.. arms.Select((arm, place) => new SampleDifference(
            intervals[place], MeanCorrelation(arm, baseline), [.. tests.Select(seed => seed[place])]))];
    }

    /// <summary>Compares arms with one baseline by a metric's values on the same resamples.</summary>
    /// <param name="baseline">The baseline's values [seeds, resamples].</param>
    /// <param name="arms">The values [seeds, resamples] of each arm.</param>
    /// <returns>A difference for each arm; null where no resample has a value.</returns>
    public static IReadOnlyList<SampleDifference?> OfReplicates(double[][] baseline, IReadOnlyList<double[][]> arms) =>
    [
        .. arms.Select(arm => Bootstrap.OfReplicates(MeanDifference(arm, baseline)) is { } interval
            ? new SampleDifference(interval, null, []) : null),
    ];

    /// <summary>The difference of each sample or resample, as the mean over the seeds: the seeds share their samples,
    /// so further seeds are no further samples.</summary>
    static double[] MeanDifference(double[][] arm, double[][] baseline) =>
        [.. Enumerable.Range(0, arm[0].Length)
            .Select(sample => arm.Zip(baseline, (own, other) => own[sample] - other[sample]).Average())];

    static SampleTest[] Tests(long seed, double[] baseline, IReadOnlyList<double[]> arms)
    {
        (int Own, int Other)[] counts = [.. arms.Select(arm => arm.Zip(baseline).ToArray()).Select(pairs =>
            (pairs.Count(pair => pair.First > pair.Second), pairs.Count(pair => pair.First < pair.Second)))];
        double[] raw = [.. counts.Select(count => McNemar.P(count.Own, count.Other))];
        var corrected = Holm.Correct(raw);
        return [.. counts.Select((count, arm) =>
            new SampleTest(seed, count.Own, count.Other, raw[arm], corrected[arm]))];
    }

    static double? MeanCorrelation(double[][] arm, double[][] baseline)
    {
        double[] found = [.. arm.Zip(baseline, (own, other) => Correlation.Pearson(own, other)).Where(double.IsFinite)];
        return found.Length == 0 ? null : found.Average();
    }
}
