using System.Globalization;
using System.Text.Json;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Tests.Golden;

namespace Rils.Tests.Analysis;

/// <summary>Compares figures with those of golden cases of the kind <c>statistics</c>, made by SciPy.</summary>
[Trait("Category", "Golden")]
public sealed class PairedGoldenTests
{
    const double Close = 1e-9, Noise = 1e-14;

    // SciPy 1.10 finds the quantile of Student's t to about 4e-9: for 39 degrees of freedom and a tail of 0.05,
    // 1.6848751195 in the place of 1.6848751217. R and SpreadTests hold ours to 1e-9.
    const double Quantile = 1e-8;

    public static TheoryData<string> Cases => GoldenCases.Of("statistics");

    static JsonElement Open(string folder, string part) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json"))).GetProperty(part);

    [Theory, MemberData(nameof(Cases))]
    public void Differences_have_the_mean_the_error_the_p_and_the_t_intervals(string folder)
    {
        foreach (var pair in Open(folder, "paired_t").EnumerateObject().Select(one => one.Value))
        {
            var found = PairedT.Of(
                [.. Numbers(pair, "first").Zip(Numbers(pair, "second"), (own, other) => own - other)]);
            AssertClose(Number(pair, "mean_difference"), found.Mean);
            Assert.Equal(Number(pair, "df"), found.Freedom);
            var spread = RelativeSpread(pair);
            if (spread is > 0 and < Noise)
            {
                Assert.InRange(found.P, 0, 1e-10);
                continue;
            }
            // Doubles keep fewer digits of small differences between large numbers.
            var close = spread is > 0 and < 1e-6 ? 1e-6 : Close;
            AssertRelative(Number(pair, "standard_error"), found.Error, close);
            AssertRelative(Number(pair, "p"), found.P, close);
            AssertIntervals(pair.GetProperty("interval"), found.Interval, close);
        }
    }

    /// <summary>The finding over seeds is the interval's; where there is no spread beyond rounding, it is
    /// none.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void Differences_without_a_spread_are_told_and_others_have_the_intervals_finding(string folder)
    {
        foreach (var pair in Open(folder, "paired_t").EnumerateObject().Select(one => one.Value))
        {
            var found = Assert.Single(OverSeeds.Of(Numbers(pair, "second"), [Numbers(pair, "first")]));
            Degenerate? expected = !(RelativeSpread(pair) < Noise) ? null
                : Number(pair, "mean_difference") == 0 ? Degenerate.IdenticalOutcomes : Degenerate.ConstantDifference;
            Assert.Equal(expected, found.Degenerate);
            var isEnough = Number(pair, "n") >= Comparison.SeedsNeeded;
            if (isEnough && expected is null)
            {
                var ends = Numbers(pair.GetProperty("interval"), "0.95");
                Assert.Equal(ends[0] > 0 ? Finding.Higher : ends[1] < 0 ? Finding.Lower : Finding.NoDifferenceFound,
                    found.Finding);
                Assert.Equal((found.Interval, found.P), (found.Simultaneous, found.PHolm));
            }
            else
            {
                Assert.Equal(isEnough ? Finding.NotTestable : Finding.TooFewSeeds, found.Finding);
                Assert.Equal((null, null, null), (found.Simultaneous, found.P, found.PHolm));
            }
        }
    }

    /// <summary>The standard deviation of the differences, relative to the numbers that were subtracted; NaN for a
    /// single pair.</summary>
    static double RelativeSpread(JsonElement pair) => Number(pair, "deviation")
        / Numbers(pair, "first").Concat(Numbers(pair, "second")).Max(Math.Abs);

    [Theory, MemberData(nameof(Cases))]
    public void Families_are_corrected_as_Holm_does(string folder)
    {
        foreach (var family in Open(folder, "holm").EnumerateArray())
            Assert.All(Numbers(family, "corrected").Zip(Holm.Correct(Numbers(family, "raw"))),
                p => AssertClose(p.First, p.Second));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Tables_of_pairs_have_McNemars_exact_p(string folder)
    {
        foreach (var table in Open(folder, "proportions").EnumerateArray())
            AssertClose(Number(table, "exact"),
                McNemar.P((int)Number(table, "only_first"), (int)Number(table, "only_second")));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Tables_of_pairs_have_Newcombes_intervals(string folder)
    {
        foreach (var table in Open(folder, "proportions").EnumerateArray())
        {
            int Count(string name) => (int)Number(table, name);
            AssertIntervals(table.GetProperty("newcombe"), level => Newcombe.Of(
                Count("both"), Count("only_first"), Count("only_second"), Count("neither"), level));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Tables_of_seeds_and_samples_have_the_components_and_the_interval_of_Satterthwaite(string folder)
    {
        foreach (var table in Open(folder, "crossed").EnumerateObject().Select(one => one.Value))
        {
            var found = Crossed.Of([.. table.GetProperty("values").EnumerateArray()
                .Select(seed => seed.EnumerateArray().Select(value => value.GetDouble()).ToArray())]);
            Assert.Equal((Number(table, "seeds"), Number(table, "samples")), (found.Seeds, found.Samples));
            void AssertNumber(string name, double number) => AssertRelative(Number(table, name), number, Close, 1e-12);
            AssertNumber("mean", found.Mean);
            AssertNumber("ms_seed", found.SeedSquare);
            AssertNumber("ms_sample", found.SampleSquare);
            AssertNumber("ms_residual", found.RestSquare);
            AssertNumber("component_seed", found.Components.Seed);
            AssertNumber("component_sample", found.Components.Sample);
            AssertNumber("component_residual", found.Components.Residual);
            AssertNumber("variance_of_mean", found.Components.OfMean);
            // Mean squares that are rounding noise decide no degrees of freedom.
            if ((Number(table, "variance_of_mean"), found.Components.OfMean) is (0, 0) or ( > 1e-20, > 1e-20))
                AssertNumber("df_satterthwaite", found.Freedom);
            AssertInterval(table.GetProperty("interval_satterthwaite"), found.Interval(0.95), Close);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_drawn_set_of_clusters_has_the_mean_of_its_samples(string folder)
    {
        var golden = Open(folder, "cluster_bootstrap");
        int[] clusters = [.. Numbers(golden, "clusters").Select(cluster => (int)cluster)];
        int[] places = [.. clusters.Distinct()];
        var (first, second) = (Numbers(golden, "first"), Numbers(golden, "second"));
        foreach (var (name, values) in ((string, double[])[])[("of_first", first),
            ("of_difference", [.. first.Zip(second, (own, other) => own - other)])])
        {
            var (sums, sizes) = (Clustered.Sums(values, clusters), Clustered.Sizes(values.Length, clusters));
            double[] means = [.. golden.GetProperty("indices").EnumerateArray().Select(drawn => Bootstrap.Mean(sums,
                sizes, [.. drawn.EnumerateArray().Select(cluster => Array.IndexOf(places, cluster.GetInt32()))]))];
            var expected = golden.GetProperty(name);
            Assert.All(Numbers(expected, "replicates").Zip(means), pair => AssertClose(pair.First, pair.Second));
            AssertClose(Numbers(expected, "interval_percentile"), Bootstrap.Percentiles(means));
            Assert.Equal(values.Average(), Clustered.Shares(values, clusters, 0.3).Average(), 1e-12);
        }
    }

    /// <summary>The value of a resample of clusters is the mean over all samples of the drawn clusters, which is no
    /// mean over clusters: a metric that heads give as replicates.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void Replicates_are_subtracted_resample_by_resample(string folder)
    {
        var golden = Open(folder, "cluster_bootstrap");
        int[] clusters = [.. Numbers(golden, "clusters").Select(cluster => (int)cluster)];
        int[][] draws = [.. golden.GetProperty("indices").EnumerateArray()
            .Select(drawn => drawn.EnumerateArray().Select(cluster => cluster.GetInt32()).ToArray())];
        double[] Replicates(double[] values) => [.. draws.Select(drawn =>
            drawn.SelectMany(cluster => values.Where((_, sample) => clusters[sample] == cluster)).Average())];
        var (first, second) = (Replicates(Numbers(golden, "first")), Replicates(Numbers(golden, "second")));
        Assert.All(Numbers(golden.GetProperty("of_first"), "replicates").Zip(first),
            pair => AssertClose(pair.First, pair.Second));

        var expected = golden.GetProperty("of_difference");
        var found = Compared([second], [first]);
        AssertClose(Numbers(expected, "interval_percentile"), found!.Interval!);
        Assert.Equal(found.Interval, Assert.Single(found.Models).Interval);
        // A resample without a value is left out, wherever it stands.
        Assert.Equal(found.Interval, Compared([[double.NaN, .. second]], [[0.5, .. first]])!.Interval);
        Assert.Null(Compared([[double.NaN]], [[0.5]]));
        // Seeds share their samples: two equal seeds know no more than one.
        Assert.Equal(found.Interval, Compared([second, second], [first, first])!.Interval);
        Assert.Equal((null, Degenerate.IdenticalOutcomes),
            (Compared([first], [first])!.Interval, Compared([first], [first])!.Degenerate));

        static SampleDifference? Compared(double[][] baseline, double[][] arm) => Assert.Single(
            OverSamples.OfReplicates([.. arm.Select((_, seed) => (long)seed)], Judged(baseline), [Judged(arm)]));

        static JudgedArm Judged(double[][] parts) => new([.. parts.Select(seed => seed.Average())], parts);
    }

    /// <summary>Compares all levels of an interval.</summary>
    static void AssertIntervals(JsonElement levels, Func<double, Interval> interval, double close = Close)
    {
        foreach (var (level, ends) in levels.EnumerateObject().Select(one => (one.Name, one.Value)))
            AssertInterval(ends, interval(double.Parse(level, CultureInfo.InvariantCulture)), close);
    }

    static void AssertInterval(JsonElement expected, Interval found, double close)
    {
        var (low, high) = (Number(expected[0]), Number(expected[1]));
        var least = Math.Max(Close * 1e-3, double.IsNaN(low) ? 0 : (high - low) / 2 * Quantile);
        AssertRelative(low, found.Low, close, least);
        AssertRelative(high, found.High, close, least);
    }

    static void AssertClose(double[] expected, Interval found)
    {
        AssertClose(expected[0], found.Low);
        AssertClose(expected[1], found.High);
    }

    /// <summary>Within 1e-9 of the larger of the number and 1e-3; zero spread leaves rounding noise near 0.</summary>
    static void AssertClose(double expected, double found) => AssertRelative(expected, found, Close, Close * 1e-3);

    static void AssertRelative(double expected, double found, double tolerance, double least = 0)
    {
        if (double.IsFinite(expected))
            Assert.Equal(expected, found, Math.Max(tolerance * Math.Abs(expected), least));
        else Assert.Equal(expected, found);
    }

    static double Number(JsonElement of, string name) => Number(of.GetProperty(name));

    static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();

    static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
