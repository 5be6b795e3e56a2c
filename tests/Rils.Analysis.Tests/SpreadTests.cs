using CsCheck;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;

namespace Rils.Tests.Analysis;

/// <summary>Properties of intervals and findings, for any numbers.</summary>
public sealed class SpreadTests
{
    static readonly Gen<(double[] Baseline, double[][] Arms)> Metrics =
        from seeds in Gen.Int[3, 8]
        from arms in Gen.Int[1, 5]
        from baseline in Gen.Double[0, 1].Array[seeds]
        from others in Gen.Double[0, 1].Array[seeds].Array[arms]
        select (baseline, others);

    static readonly Gen<double[][]> Tables =
        from seeds in Gen.Int[2, 5]
        from samples in Gen.Int[2, 12]
        from values in Gen.Double[-1, 1].Array[samples].Array[seeds]
        select values;

    /// <summary>The interval of all arms at once is no narrower than the arm's own, excludes 0 where p times the number
    /// of arms is below 0.05, and then Holm's p is below 0.05 too.</summary>
    [Fact]
    public void The_finding_the_simultaneous_interval_and_the_p_say_the_same() => Metrics.Sample(drawn =>
    {
        foreach (var found in OverSeeds.Of(drawn.Baseline, drawn.Arms))
        {
            if (found.Degenerate is not null)
            {
                Assert.Equal((Finding.NotTestable, null, null), (found.Finding, found.Simultaneous, found.PHolm));
                continue;
            }
            var (own, all) = (found.Interval!, found.Simultaneous!);
            Assert.True(all.Low <= own.Low + 1e-12 && own.High <= all.High + 1e-12);
            var isFound = all.Low > 0 || all.High < 0;
            Assert.Equal(!isFound ? Finding.NoDifferenceFound : all.Low > 0 ? Finding.Higher : Finding.Lower,
                found.Finding);
            var p = found.P!.Value * drawn.Arms.Length;
            if (Math.Abs(p - 0.05) > 1e-9) Assert.Equal(p < 0.05, isFound);
            if (isFound) Assert.True(found.PHolm < 0.05 + 1e-9);
        }
    });

    /// <summary>A metric that counts has the same difference in several seeds easily, up to rounding: in doubles, and
    /// in fp32 where a head computed in fp32.</summary>
    [Fact]
    public void The_same_difference_in_all_seeds_is_no_finding_whatever_the_rounding() =>
        Gen.Select(Gen.Int[3, 8], Gen.Int[-5, 5], Gen.Int[7, 5000], Gen.Bool).Sample((seeds, more, samples, isSingle) =>
        {
            double Share(int right) => isSingle ? (float)right / samples : (double)right / samples;
            double[] baseline = [.. Enumerable.Range(1, seeds).Select(seed => Share(6 + seed * samples / 16))],
                arm = [.. Enumerable.Range(1, seeds).Select(seed => Share(6 + more + seed * samples / 16))];
            var found = OverSeeds.Of(baseline, [arm])[0];
            Assert.Equal((Finding.NotTestable, null, null), (found.Finding, found.Simultaneous, found.P));
            Assert.Equal(more == 0 ? Degenerate.IdenticalOutcomes : Degenerate.ConstantDifference, found.Degenerate);
            Assert.Equal(more == 0 ? "identical outcomes" : "constant difference",
                Figures.Range(found.Simultaneous, found.Degenerate));
            // One more sample in one seed is a spread.
            arm[0] += 1.0 / samples;
            Assert.NotNull(OverSeeds.Of(baseline, [arm])[0].Simultaneous);
        });

    [Theory]
    [InlineData(0.123456, "+0.123")]
    [InlineData(-0.00444444, "-0.00444")]
    [InlineData(-1e-12, "0")]
    [InlineData(999.4, "+999")]
    [InlineData(-1234.56, "-1235")]
    [InlineData(12, "+12")]
    public void Differences_have_three_digits_and_a_sign(double difference, string shown)
    {
        Assert.Equal(shown, Figures.Signed(difference));
        Assert.Equal($"{shown} to +2000", Figures.Range(new(difference, 2000)));
    }

    [Fact]
    public void An_arm_that_cannot_be_tested_counts_among_the_arms()
    {
        double[] baseline = [0.1, 0.2, 0.3, 0.4], arm = [0.31, 0.4, 0.52, 0.6];
        var (alone, among) = (OverSeeds.Of(baseline, [arm])[0], OverSeeds.Of(baseline, [baseline, arm])[1]);
        Assert.Equal((alone.P, 2 * alone.P), (among.P, among.PHolm));
        Assert.Equal(PairedT.Of([.. arm.Zip(baseline, (own, other) => own - other)]).Interval(0.975),
            among.Simultaneous);
    }

    [Fact]
    public void Newcombes_interval_turns_with_the_arms_and_has_a_width_within_the_possible() =>
        Gen.Int[0, 300].Array[4].Where(counts => counts.Sum() > 0).Sample(counts =>
        {
            var (forth, back) = (Newcombe.Of(counts[0], counts[1], counts[2], counts[3], 0.95),
                Newcombe.Of(counts[0], counts[2], counts[1], counts[3], 0.95));
            Assert.Equal(forth.Low, -back.High, 1e-12);
            Assert.Equal(forth.High, -back.Low, 1e-12);
            var difference = (double)(counts[1] - counts[2]) / counts.Sum();
            Assert.True(-1 - 1e-12 <= forth.Low && forth.Low <= difference + 1e-12);
            Assert.True(difference <= forth.High + 1e-12 && forth.High <= 1 + 1e-12);
            Assert.True(forth.Low < forth.High);
            var narrow = Newcombe.Of(counts[0], counts[1], counts[2], counts[3], 0.9);
            Assert.True(forth.Low <= narrow.Low + 1e-12 && narrow.High <= forth.High + 1e-12);
        });

    /// <summary>The sums of squares add up, the order of seeds and samples changes nothing, and the variance is at
    /// least that of seeds alone and of samples alone.</summary>
    [Fact]
    public void Tables_of_seeds_and_samples_have_all_of_their_variance_in_the_mean_squares() => Tables.Sample(table =>
    {
        var found = Crossed.Of(table);
        var (seeds, samples) = (table.Length, table[0].Length);
        var mean = table.SelectMany(seed => seed).Average();
        Assert.Equal(table.SelectMany(seed => seed).Sum(value => (value - mean) * (value - mean)),
            found.SeedSquare * (seeds - 1) + found.SampleSquare * (samples - 1)
            + found.RestSquare * (seeds - 1) * (samples - 1), 1e-9);
        var turned = Crossed.Of([.. table.Reverse().Select(seed => seed.Reverse().ToArray())]);
        Assert.Equal(found.Components.OfMean, turned.Components.OfMean, 1e-9);
        Assert.InRange(found.Components.OfMean,
            Math.Max(found.SeedSquare, found.SampleSquare) / (seeds * samples) - 1e-12, double.MaxValue);
    });

    [Fact]
    public void The_reach_of_Students_t_is_the_inverse_of_its_p() =>
        Gen.Select(Gen.Double[0.5, 0.9999], Gen.Double[1, 500]).Sample((level, freedom) =>
            Assert.Equal(1 - level, Student.P(Student.Reach(level, freedom), freedom), 1e-11 * (1 - level) + 1e-13));

    /// <summary>For 1 and 2 degrees of freedom, and for odd ones, the probability between -t and t is a finite
    /// sum.</summary>
    [Fact]
    public void The_reach_of_Students_t_is_that_of_the_closed_forms() =>
        Gen.Select(Gen.Double[0.5, 0.9999], Gen.Int[0, 40]).Sample((level, half) =>
        {
            Assert.Equal(level * Math.Sqrt(2 / (1 - level * level)), Student.Reach(level, 2), 1e-9);
            var freedom = 2 * half + 1;
            var angle = Math.Atan(Student.Reach(level, freedom) / Math.Sqrt(freedom));
            var (term, sum) = (Math.Cos(angle), half == 0 ? 0 : Math.Cos(angle));
            for (var factor = 3; factor < freedom; factor += 2)
            {
                term *= (factor - 1.0) / factor * Math.Cos(angle) * Math.Cos(angle);
                sum += term;
            }
            Assert.Equal(level, 2 / Math.PI * (angle + Math.Sin(angle) * sum), 1e-12);
        });
}
