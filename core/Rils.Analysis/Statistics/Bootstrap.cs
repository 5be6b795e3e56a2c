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
    /// of clusters alone.</summary>
    /// <param name="differences">The differences [arms, samples].</param>
    /// <param name="clusters">The number of each sample's cluster, which is drawn as a whole; null where each sample
    /// stands for itself.</param>
    public static IReadOnlyList<Interval> Of(
        IReadOnlyList<double[]> differences, IReadOnlyList<int>? clusters = null)
    {
        if (differences.Count == 0) return [];
        var (sums, sizes) = (differences.Select(values => Clustered.Sums(values, clusters)).ToArray(),
            Clustered.Sizes(differences[0].Length, clusters));
        var means = differences.Select(_ => new double[Resamples]).ToArray();
        var stream = RandomStream.Root(0).Fork("bootstrap");
        Parallel.For(0, Resamples, () => new int[sizes.Length], (resample, _, places) =>
        {
            var draws = stream.Fork(resample).Draw();
            foreach (ref var place in places.AsSpan()) place = draws.NextInt32(places.Length);
            for (var i = 0; i < sums.Length; i++) means[i][resample] = Mean(sums[i], sizes, places);
            return places;
        }, _ => { });
        return [.. means.Select(Percentiles)];
    }

    /// <summary>The mean over the samples of the drawn clusters: each sample counts alike, and so a large cluster more
    /// than a small one.</summary>
    /// <param name="sums">The sum of each cluster's values.</param>
    /// <param name="sizes">The number of each cluster's samples.</param>
    /// <param name="places">The drawn clusters.</param>
    internal static double Mean(double[] sums, int[] sizes, int[] places)
    {
        var (sum, count) = (0.0, 0);
        foreach (var place in places)
        {
            sum += sums[place];
            count += sizes[place];
        }
        return sum / count;
    }

    /// <summary>The middle 95% of the drawn means, interpolated linearly between neighbours (type 7 of Hyndman and Fan
    /// 1996).</summary>
    internal static Interval Percentiles(double[] means) => new(
        means.QuantileCustom((1 - Interval.Level) / 2, QuantileDefinition.R7),
        means.QuantileCustom((1 + Interval.Level) / 2, QuantileDefinition.R7));
}
