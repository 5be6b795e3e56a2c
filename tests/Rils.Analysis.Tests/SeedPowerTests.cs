using System.Text.Json;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Analysis.Statistics;
using Rils.Contract;
using Rils.Tests.Golden;

namespace Rils.Tests.Analysis;

/// <summary>The power over seeds: R's figures, properties, and findings counted in drawn comparisons.</summary>
public sealed class SeedPowerTests
{
    static readonly JsonElement golden = JsonElement.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden", "statistics", "statistics.json")));

    [Fact, Trait("Category", "Golden")]
    public void Power_and_the_smallest_difference_are_those_of_R()
    {
        foreach (var planned in golden.GetProperty("power").EnumerateArray())
        {
            var (seeds, arms) = (planned.GetProperty("seeds").GetInt32(), planned.GetProperty("arms").GetInt32());
            var pairs = Numbers(planned, "differences").Zip(Numbers(planned, "powers"));
            Assert.All(pairs, pair => Assert.Equal(pair.Second, SeedPower.Of(pair.First, seeds, arms), 1e-10));
            var smallest = planned.GetProperty("smallest").GetDouble();
            Assert.Equal(smallest, SeedPower.SmallestDifference(seeds, arms), 1e-8 * smallest);
        }
    }

    [Fact, Trait("Category", "Golden")]
    public void Seeds_needed_are_the_pairs_of_R_rounded_up()
    {
        foreach (var needed in golden.GetProperty("pairs_needed").EnumerateArray())
        {
            var pairs = Math.Ceiling(needed.GetProperty("pairs").GetDouble());
            Assert.Equal(pairs > SeedPower.MostSeeds ? null : (int?)pairs, SeedPower.SeedsNeeded(
                needed.GetProperty("difference").GetDouble(), needed.GetProperty("arms").GetInt32()));
        }
    }

    [Fact, Trait("Category", "Golden")]
    public void The_interval_of_a_standard_deviation_is_that_of_R()
    {
        foreach (var spread in golden.GetProperty("deviations").EnumerateArray())
        {
            var expected = Numbers(spread, "interval");
            var found = PooledDeviation.Of([0.5], spread.GetProperty("seeds").GetInt32()).Interval;
            Assert.Equal(0.5 * expected[0], found.Low, 1e-9 * expected[0]);
            Assert.Equal(0.5 * expected[1], found.High, 1e-9 * expected[1]);
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 9)]
    [InlineData(7, 2)]
    [InlineData(150, 40)]
    [InlineData(3, 1000)]
    public void Without_a_difference_it_is_alpha_and_it_grows_with_the_difference_up_to_1(int seeds, int arms)
    {
        Assert.Equal(0.05 / arms, SeedPower.Of(0, seeds, arms), 1e-11);
        double[] powers = [.. Enumerable.Range(0, 60).Select(step => SeedPower.Of(0.25 * step, seeds, arms))];
        Assert.All(powers.Zip(powers.Skip(1)), pair => Assert.True(
            pair.Second > pair.First || pair.First > 1 - 1e-9, $"{pair.Second} is not above {pair.First}"));
        Assert.Equal(1, SeedPower.Of(1000, seeds, arms), 1e-9);
        Assert.Equal(SeedPower.Of(0.7, seeds, arms), SeedPower.Of(-0.7, seeds, arms), 1e-12);
    }

    [Fact]
    public void More_seeds_find_smaller_differences_and_more_arms_larger_ones()
    {
        foreach (var arms in (int[])[1, 2, 5])
            for (var seeds = 3; seeds < 20; seeds++)
            {
                Assert.True(SeedPower.Of(0.5, seeds + 1, arms) > SeedPower.Of(0.5, seeds, arms));
                Assert.True(SeedPower.Of(0.5, seeds, arms) > SeedPower.Of(0.5, seeds, arms + 1));
                Assert.True(
                    SeedPower.SmallestDifference(seeds + 1, arms) < SeedPower.SmallestDifference(seeds, arms));
            }
    }

    /// <summary>The smallest difference of n seeds needs n seeds, and one that is a little smaller needs one
    /// more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Seeds_needed_and_the_smallest_difference_are_inverses(int arms)
    {
        foreach (var seeds in (int[])[3, 4, 5, 11, 60, 999])
        {
            var smallest = SeedPower.SmallestDifference(seeds, arms);
            Assert.Equal(SeedPower.Wanted, SeedPower.Of(smallest, seeds, arms), 1e-9);
            Assert.Equal(seeds, SeedPower.SeedsNeeded(smallest * (1 + 1e-7), arms));
            Assert.Equal(seeds + 1, SeedPower.SeedsNeeded(smallest * (1 - 1e-7), arms));
        }
        Assert.Equal(Comparison.SeedsNeeded, SeedPower.SeedsNeeded(1e6, arms));
        Assert.Null(SeedPower.SeedsNeeded(0, arms));
        Assert.Null(SeedPower.SeedsNeeded(0.99 * SeedPower.SmallestDifference(SeedPower.MostSeeds, arms), arms));
    }

    /// <summary>Draws comparisons and counts what the comparison over seeds itself finds.</summary>
    [Theory]
    [InlineData(3, 1, 3.264)]
    [InlineData(3, 4, 3.264)]
    [InlineData(5, 2, 1.2)]
    [InlineData(8, 3, 0.6)]
    [InlineData(5, 1, 0)]
    public void Drawn_comparisons_find_differences_as_often(int seeds, int arms, double difference)
    {
        const int Draws = 10_000;
        const double Spread = 0.02;
        var stream = RandomStream.Root(20261128).Fork(seeds).Fork(arms);
        var found = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var draws = stream.Fork(draw).Draw();
            double[] baseline = [.. Enumerable.Range(0, seeds).Select(_ => 0.4 + 0.1 * draws.NextNormal())];
            double[] arm = [.. baseline.Select(value => value + Spread * (difference + draws.NextNormal()))];
            double[][] others = [arm, .. Enumerable.Range(1, arms - 1).Select(_ => baseline)];
            if (OverSeeds.Of(baseline, others)[0].Finding is Finding.Higher or Finding.Lower) found++;
        }
        var power = SeedPower.Of(difference, seeds, arms);
        Assert.Equal(power, (double)found / Draws, 4 * Math.Sqrt(power * (1 - power) / Draws));
    }

    static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
