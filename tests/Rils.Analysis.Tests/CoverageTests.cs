using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Contract;

namespace Rils.Tests.Analysis;

/// <summary>How often 95% intervals hold the difference between two methods, where seeds and samples are both drawn at
/// random. A difference is drawn as y = seed + sample + rest, each normal with mean 0, so the true difference is
/// 0.</summary>
public sealed class CoverageTests
{
    const int Samples = 450, Draws = 4000;

    /// <summary>The variance of a sample's part of the difference.</summary>
    const double Sample = 0.1;

    /// <summary>The variance of the rest: what a sample's outcome differs by with the seed.</summary>
    const double Rest = 0.2;

    /// <summary>The seeds, and how many times the samples' variance of the mean difference the seeds bring.</summary>
    public static TheoryData<int, double> Settings
    {
        get
        {
            var settings = new TheoryData<int, double>();
            foreach (var seeds in (int[])[3, 5, 8])
                foreach (var times in (double[])[0, 0.25, 1, 4]) settings.Add(seeds, times);
            return settings;
        }
    }

    [Theory, MemberData(nameof(Settings))]
    public void Intervals_over_seeds_and_samples_hold_the_difference_where_those_over_seeds_alone_miss_it(
        int seeds, double times)
    {
        var both = 0;
        var alone = 0;
        var deviation = Math.Sqrt(times * Sample / Samples * seeds);
        var stream = RandomStream.Root(20261128).Fork(seeds).Fork((long)(100 * times));
        Parallel.For(0, Draws, draw =>
        {
            var table = Draw(stream.Fork(draw), seeds, deviation);
            if (HoldsZero(Crossed.Of(table).Interval(Interval.Level))) Interlocked.Increment(ref both);
            if (HoldsZero(PairedT.Of([.. table.Select(seed => seed.Mean())]).Interval(Interval.Level)))
                Interlocked.Increment(ref alone);
        });
        var (ofBoth, ofAlone) = ((double)both / Draws, (double)alone / Draws);
        // Where the seeds bring most of the variance, Satterthwaite's interval is somewhat narrow: for three seeds
        // 0.93, and an interval over seeds alone is nearly right.
        Assert.InRange(ofBoth, 0.92, 0.98);
        Assert.InRange(ofAlone, 0.65, 0.945);
        if (times <= 1) Assert.True(ofAlone < ofBoth - 0.02, $"{ofAlone} alone, {ofBoth} over both");
    }

    static double[][] Draw(RandomStream stream, int seeds, double deviation)
    {
        var draws = stream.Draw();
        double[] samples = [.. Enumerable.Range(0, Samples).Select(_ => Math.Sqrt(Sample) * draws.NextNormal())];
        var rest = Math.Sqrt(Rest);
        return [.. Enumerable.Range(0, seeds).Select(_ => deviation * draws.NextNormal()).ToArray()
            .Select(seed => samples.Select(sample => seed + sample + rest * draws.NextNormal()).ToArray())];
    }

    static bool HoldsZero(Interval interval) => interval is { Low: <= 0, High: >= 0 };
}
