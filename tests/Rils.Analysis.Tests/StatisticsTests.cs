using System.Text.Json;
using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Contract;
using Rils.Tests.Golden;

namespace Rils.Tests.Analysis;

/// <summary>Compares every figure with the one that R computes (tests/golden/statistics).</summary>
[Trait("Category", "Golden")]
public sealed class StatisticsTests
{
    const double Close = 1e-9;

    static readonly JsonElement golden = JsonElement.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden", "statistics", "statistics.json")));

    [Fact]
    public void Means_deviations_t_intervals_and_exact_sign_flips_are_those_of_R()
    {
        foreach (var sample in golden.GetProperty("over_seeds").EnumerateArray())
        {
            var differences = Numbers(sample, "differences");
            Assert.Equal(Number(sample, "mean"), differences.Mean(), Close);
            Assert.Equal(Number(sample, "deviation"), differences.StandardDeviation(), Close);
            AssertClose(Numbers(sample, "interval"), PairedT.Of(differences).Interval(Interval.Level), Close);
            Assert.Equal(Number(sample, "sign_flip"), SignFlip.P(differences), Close);
        }
    }

    [Fact]
    public void Drawn_signs_come_near_all_patterns_and_are_the_same_each_time()
    {
        var drawn = golden.GetProperty("drawn");
        var differences = Numbers(drawn, "differences");
        Assert.True(differences.Length > SignFlip.Enumerated);
        // The tolerance is four standard errors of 100,000 draws.
        Assert.Equal(Number(drawn, "sign_flip"), SignFlip.P(differences), 4 * Math.Sqrt(0.25 / 100_000));
        Assert.Equal(SignFlip.P(differences), SignFlip.P([.. differences.Select(difference => -difference)]));
        Assert.Equal(1.0 / 100_001, SignFlip.P([.. Enumerable.Repeat(1.0, 40)]), 1e-12);
    }

    [Fact]
    public void McNemars_exact_p_is_the_binomial_test_of_R()
    {
        foreach (var pair in golden.GetProperty("mcnemar").EnumerateArray())
            Assert.Equal(Number(pair, "p"), McNemar.P((int)Number(pair, "first"), (int)Number(pair, "second")), Close);
        Assert.Equal(1, McNemar.P(0, 0));
    }

    [Fact]
    public void Holms_correction_is_that_of_R()
    {
        foreach (var family in golden.GetProperty("holm").EnumerateArray())
            foreach (var (expected, found) in Numbers(family, "corrected").Zip(Holm.Correct(Numbers(family, "raw")),
                (expected, found) => (expected, found)))
                Assert.Equal(expected, found, Close);
    }

    [Fact]
    public void Pairs_of_outcomes_are_counted_and_correlated_as_R_does()
    {
        var pair = golden.GetProperty("pair");
        static JudgedArm Judged(double[] outcomes) => new([outcomes.Average()], [outcomes]);
        var found = Assert.Single(OverSamples.Of(
            [7], Judged(Numbers(pair, "second")), [Judged(Numbers(pair, "first"))]));
        Assert.Equal(Number(pair, "correlation"), found.Correlation!.Value, Close);
        var (model, test) = (Assert.Single(found.Models), Assert.Single(found.Models).Test!);
        Assert.Equal((7L, (int)Number(pair, "only_first"), (int)Number(pair, "only_second")),
            (model.Seed, test.OnlyArm, test.OnlyBaseline));
        Assert.Equal(McNemar.P(test.OnlyArm, test.OnlyBaseline), test.P);
    }

    [Fact]
    public void Percentiles_of_given_resamples_are_those_of_R()
    {
        var given = golden.GetProperty("given_resamples");
        var values = Numbers(given, "values");
        var ones = Clustered.Sizes(values.Length, null);
        double[] means = [.. given.GetProperty("places").EnumerateArray().Select(places =>
            Bootstrap.Mean(values, ones, [.. places.EnumerateArray().Select(place => place.GetInt32())]))];
        AssertClose(Numbers(given, "interval"), Bootstrap.Percentiles(means), Close);
    }

    /// <summary>A sample that is there five times says no more than once, if its copies are one cluster; without
    /// clusters the interval would be narrower.</summary>
    [Fact]
    public void Copies_of_samples_in_clusters_change_no_interval()
    {
        const int copies = 5, samples = 60, seeds = 4;
        var stream = RandomStream.Root(3);
        double[][] Drawn(string name) => [.. Enumerable.Range(0, seeds).Select(seed =>
        {
            var draws = stream.Fork(name).Fork(seed).Draw();
            return Enumerable.Range(0, samples).Select(_ => draws.NextNormal() > 0.3 ? 1.0 : 0).ToArray();
        })];
        static double[][] Copied(double[][] values) =>
            [.. values.Select(seed => seed.SelectMany(value => Enumerable.Repeat(value, copies)).ToArray())];
        static JudgedArm Judged(double[][] parts, IReadOnlyList<int>? clusters = null) =>
            new([.. parts.Select(seed => seed.Average())], parts, clusters);
        int[] clusters = [.. Enumerable.Range(0, samples * copies).Select(place => 7 - place / copies)];
        var (own, other) = (Drawn("own"), Drawn("other"));
        long[] numbers = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)];
        SampleDifference Over(JudgedArm arm, JudgedArm baseline) =>
            Assert.Single(OverSamples.Of(numbers, baseline, [arm]));

        var plain = Over(Judged(own), Judged(other));
        var (arm, baseline) = (Judged(Copied(own), clusters), Judged(Copied(other), clusters));
        var clustered = Over(arm, baseline);
        AssertClose([plain.Interval!.Low, plain.Interval.High], clustered.Interval!, 1e-12);
        Assert.All(clustered.Models, model => Assert.Null(model.Test));
        Assert.All(plain.Models, model => Assert.NotNull(model.Test));
        var alone = Over(Judged(Copied(own)), Judged(Copied(other))).Interval!;
        Assert.True((alone.High - alone.Low) * 2 < plain.Interval.High - plain.Interval.Low);

        var both = Assert.Single(OverBoth.Of(Judged(other), [Judged(own)]))!;
        var ofClusters = Assert.Single(OverBoth.Of(baseline, [arm]))!;
        AssertClose([both.Interval!.Low, both.Interval.High], ofClusters.Interval!, 1e-12);
        Assert.Equal(both.Freedom, ofClusters.Freedom, 1e-9);
    }

    /// <summary>Clusters of other sizes with one difference in all samples have no spread: not in any table.</summary>
    [Fact]
    public void A_clusters_size_alone_makes_no_spread()
    {
        int[] clusters =
            [.. Enumerable.Range(0, 10).SelectMany(cluster => Enumerable.Repeat(cluster, 1 + cluster % 3))];
        double[][] Parts(double difference) => [.. Enumerable.Range(0, 4).Select(seed =>
            clusters.Select(cluster => 0.25 * (cluster % 2) + difference).ToArray())];
        var (arm, baseline) = (new JudgedArm([1, 1, 1, 1], Parts(0.5), clusters),
            new JudgedArm([0.5, 0.5, 0.5, 0.5], Parts(0), clusters));
        var over = Assert.Single(OverSamples.Of([0, 1, 2, 3], baseline, [arm]));
        Assert.Equal((null, Degenerate.ConstantDifference), (over.Interval, over.Degenerate));
        Assert.All(over.Models, model => Assert.Equal(Degenerate.ConstantDifference, model.Degenerate));
        var both = Assert.Single(OverBoth.Of(baseline, [arm]))!;
        Assert.Equal((null, Degenerate.ConstantDifference), (both.Interval, both.Degenerate));
        Assert.InRange(both.Components.OfMean, 0, 1e-20);
    }

    /// <summary>R has another generator and draws twenty times as many resamples, so the ends may differ by a twentieth
    /// of the interval's length.</summary>
    [Fact]
    public void Bootstrap_intervals_lie_near_those_of_R()
    {
        foreach (var sample in golden.GetProperty("bootstrap").EnumerateArray())
        {
            var expected = Numbers(sample, "interval");
            AssertClose(expected, Bootstrap.Of([Numbers(sample, "differences")])[0], (expected[1] - expected[0]) / 20);
        }
    }

    [Fact]
    public void Resamples_are_the_same_for_all_differences_and_each_time()
    {
        double[] one = Numbers(golden.GetProperty("bootstrap")[1], "differences"),
            turned = [.. one.Select(value => -value)];
        var found = Bootstrap.Of([one, turned]);
        Assert.Equal(found[0], Bootstrap.Of([one])[0]);
        Assert.Equal(found[0].Low, -found[1].High, 1e-12);
        Assert.Equal(found[0].High, -found[1].Low, 1e-12);
    }

    static void AssertClose(double[] expected, Interval found, double tolerance)
    {
        Assert.Equal(expected[0], found.Low, tolerance);
        Assert.Equal(expected[1], found.High, tolerance);
    }

    static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
