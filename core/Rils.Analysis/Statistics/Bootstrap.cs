using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Contract;

namespace Rils.Analysis.Statistics;

/// <summary>The percentile bootstrap over samples (Efron 1979), paired: both arms have the same samples in each
/// draw.</summary>
static class Bootstrap
{
    /// <summary>The number of times that the samples are drawn.</summary>
    public const int Resamples = 10_000;

    /// <summary>The intervals of the means of several differences on the same samples. The draws depend on the number
    /// of samples alone.</summary>
    /// <param name="differences">The differences [arms, samples].</param>
    public static IReadOnlyList<Interval> Of(IReadOnlyList<double[]> differences)
    {
        if (differences.Count == 0) return [];
        var means = differences.Select(_ => new double[Resamples]).ToArray();
        var stream = RandomStream.Root(0).Fork("bootstrap");
        Parallel.For(0, Resamples, () => new int[differences[0].Length], (resample, _, places) =>
        {
            var draws = stream.Fork(resample).Draw();
            foreach (ref var place in places.AsSpan()) place = draws.NextInt32(places.Length);
            for (var i = 0; i < differences.Count; i++) means[i][resample] = Mean(differences[i], places);
            return places;
        }, _ => { });
        return [.. means.Select(Percentiles)];
    }

    /// <summary>The mean of the values at some places.</summary>
    internal static double Mean(double[] values, int[] places)
    {
        var sum = 0.0;
        foreach (var place in places) sum += values[place];
        return sum / places.Length;
    }

    /// <summary>The middle 95% of the drawn means, interpolated linearly between neighbours (type 7 of Hyndman and Fan
    /// 1996).</summary>
    internal static Interval Percentiles(double[] means) => new(
        means.QuantileCustom((1 - Interval.Level) / 2, QuantileDefinition.R7),
        means.QuantileCustom((1 + Interval.Level) / 2, QuantileDefinition.R7));
}
