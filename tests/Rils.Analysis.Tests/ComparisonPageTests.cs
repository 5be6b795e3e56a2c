using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Analysis.Statistics;
using Rils.Contract;
using Rils.Tests.Golden;

namespace Rils.Tests.Analysis;

/// <summary>The figures of the examples in docs/comparison.md are those that the code finds.</summary>
public sealed class ComparisonPageTests
{
    static readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "comparison.md"));

    [Fact]
    public void Three_seeds_alone_and_among_three_arms()
    {
        double[] baseline = [0.5, 0.6, 0.7], arm = [0.510, 0.614, 0.718];
        var (alone, among) = (OverSeeds.Of(baseline, [arm])[0], OverSeeds.Of(baseline, [arm, arm, arm])[0]);
        Assert.Contains("differences +0.010, +0.014 and +0.018 have a mean of +0.014. "
            + $"For a single arm the interval is {Said(alone)}. Among three arms it is {Said(among)}.", page);

        static string Said(SeedDifference found) => $"{Figures.Range(found.Simultaneous)}: "
            + $"`{Figures.Of(found.Finding, MetricReading.HigherIsBetter)}`";
    }

    [Fact]
    public void An_exact_test_may_be_stricter_than_the_interval()
    {
        var (interval, p) = (Newcombe.Of(1, 1, 7, 12, Interval.Level), McNemar.P(1, 7));
        Assert.Contains($"(1 and 7 of 21: {Figures.Range(interval)}, p {Figures.P(p)})", page);
    }

    [Fact]
    public void The_smallest_differences_that_seeds_find_and_the_intervals_of_their_spread()
    {
        foreach (var seeds in (int[])[3, 5, 8, 10, 20])
        {
            var cells = ((int[])[1, 2, 4, 8]).Select(others =>
                Figures.Spread(SeedPower.SmallestDifference(seeds, others)));
            Assert.Contains($"\n| {seeds} | {string.Join(" | ", cells)} |\n", page);
        }
        string[] spreads = [.. ((int[])[3, 5, 8, 20]).Select(seeds => PooledDeviation.Of([1], seeds).Interval)
            .Select(interval => FormattableString.Invariant($"{interval.Low:0.00} to {interval.High:0.00}"))];
        Assert.Contains($"From three seeds it reaches from {spreads[0]} times the `sd`, from five {spreads[1]}, "
            + $"from eight {spreads[2]}, from twenty {spreads[3]} |", page);
    }
}
