using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Compares arms with one baseline by paired outcomes of samples.</summary>
static class OverSamples
{
    /// <param name="seeds">The seeds, in the order of the outcomes.</param>
    /// <param name="baseline">The baseline with its outcomes of samples.</param>
    /// <param name="arms">The arms with their outcomes of samples.</param>
    public static IReadOnlyList<SampleDifference> Of(
        IReadOnlyList<long> seeds, JudgedArm baseline, IReadOnlyList<JudgedArm> arms)
    {
        var intervals = Bootstrap.Of([.. arms.Select(arm => MeanDifference(arm, baseline))], baseline.Clusters);
        // Newcombe and McNemar take the samples for independent.
        var isBinary = baseline.Clusters is null && arms.Prepend(baseline)
            .All(arm => arm.Parts.All(seed => seed.All(outcome => outcome is 0 or 1)));
        var models = seeds.Select((seed, place) => isBinary
            ? Proportions(seed, baseline.Parts[place], [.. arms.Select(arm => arm.Parts[place])])
            : Means(seed, baseline.Parts[place], [.. arms.Select(arm => arm.Parts[place])], baseline.Clusters))
            .ToArray();
        return [.. arms.Select((arm, place) =>
        {
            var degenerate = Rounding.Of(
                Clustered.Means(MeanDifference(arm, baseline), baseline.Clusters), Subtracted(arm, baseline));
            return new SampleDifference(degenerate is null ? intervals[place] : null, degenerate,
                MeanCorrelation(arm, baseline), [.. models.Select(seed => seed[place])]);
        })];
    }

    /// <summary>Compares arms with one baseline by a metric's values on the same resamples.</summary>
    /// <param name="seeds">The seeds, in the order of the values.</param>
    /// <param name="baseline">The baseline with its values on resamples.</param>
    /// <param name="arms">The arms with their values on resamples.</param>
    /// <returns>A difference for each arm; null where no resample has a value.</returns>
    public static IReadOnlyList<SampleDifference?> OfReplicates(
        IReadOnlyList<long> seeds, JudgedArm baseline, IReadOnlyList<JudgedArm> arms) =>
        [.. arms.Select(arm => OfReplicates(seeds, baseline, arm))];

    static SampleDifference? OfReplicates(IReadOnlyList<long> seeds, JudgedArm baseline, JudgedArm arm)
    {
        double[] differences = [.. MeanDifference(arm, baseline).Where(double.IsFinite)];
        if (differences.Length == 0) return null;
        var (interval, degenerate) = Resampled(differences, Subtracted(arm, baseline));
        return new(interval, degenerate, null, [.. seeds.Select((seed, place) =>
        {
            var (own, other) = (arm.Parts[place], baseline.Parts[place]);
            var (ofSeed, why) = Resampled(
                [.. own.Zip(other, (own, other) => own - other).Where(double.IsFinite)], [.. own, .. other]);
            return new ModelDifference(seed, arm.Values[place] - baseline.Values[place], ofSeed, why, null);
        })]);
    }

    static (Interval? Interval, Degenerate? Degenerate) Resampled(double[] differences, double[] subtracted)
    {
        var degenerate = Rounding.Of(differences, [.. subtracted.Where(double.IsFinite)]);
        return (degenerate is null ? Bootstrap.Percentiles(differences) : null, degenerate);
    }

    /// <summary>The difference of each sample or resample, as the mean over the seeds: the seeds share their samples,
    /// so further seeds are no further samples.</summary>
    static double[] MeanDifference(JudgedArm arm, JudgedArm baseline) =>
        [.. Enumerable.Range(0, arm.Parts[0].Length)
            .Select(sample => arm.Parts.Zip(baseline.Parts, (own, other) => own[sample] - other[sample]).Average())];

    static double[] Subtracted(JudgedArm arm, JudgedArm baseline) =>
        [.. arm.Parts.Concat(baseline.Parts).SelectMany(seed => seed)];

    /// <summary>Compares the models of one seed by outcomes that are 0 or 1.</summary>
    static ModelDifference[] Proportions(long seed, double[] baseline, IReadOnlyList<double[]> arms)
    {
        (int Both, int Own, int Other)[] counts = [.. arms.Select(arm => arm.Zip(baseline).ToArray()).Select(pairs =>
            (pairs.Count(pair => pair.First + pair.Second == 2), pairs.Count(pair => pair.First > pair.Second),
                pairs.Count(pair => pair.First < pair.Second)))];
        double[] raw = [.. counts.Select(count => McNemar.P(count.Own, count.Other))];
        var corrected = Holm.Correct(raw);
        return [.. counts.Select((count, arm) =>
        {
            var neither = baseline.Length - count.Both - count.Own - count.Other;
            return new ModelDifference(seed, (double)(count.Own - count.Other) / baseline.Length,
                Newcombe.Of(count.Both, count.Own, count.Other, neither, Interval.Level), null,
                new(count.Own, count.Other, raw[arm], corrected[arm]));
        })];
    }

    /// <summary>Compares the models of one seed by outcomes that are any numbers, or that come in clusters.</summary>
    static ModelDifference[] Means(
        long seed, double[] baseline, IReadOnlyList<double[]> arms, IReadOnlyList<int>? clusters)
    {
        double[][] differences = [.. arms.Select(arm => (double[])[.. arm.Zip(baseline, (own, other) => own - other)])];
        var intervals = Bootstrap.Of(differences, clusters);
        return [.. arms.Select((arm, place) =>
        {
            var degenerate = Rounding.Of(Clustered.Means(differences[place], clusters), [.. arm, .. baseline]);
            return new ModelDifference(
                seed, differences[place].Mean(), degenerate is null ? intervals[place] : null, degenerate, null);
        })];
    }

    static double? MeanCorrelation(JudgedArm arm, JudgedArm baseline)
    {
        double[] found = [.. arm.Parts.Zip(baseline.Parts, (own, other) => Correlation.Pearson(own, other))
            .Where(double.IsFinite)];
        return found.Length == 0 ? null : found.Average();
    }
}
