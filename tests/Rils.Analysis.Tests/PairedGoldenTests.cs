using System.Text.Json;
using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Tests.Golden;

namespace Rils.Tests.Analysis;

/// <summary>Compares figures with those of golden cases of the kind <c>statistics</c>, made by SciPy.</summary>
[Trait("Category", "Golden")]
public sealed class PairedGoldenTests
{
    public static TheoryData<string> Cases => GoldenCases.Of("statistics");

    static JsonElement Open(string folder, string part) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json"))).GetProperty(part);

    [Theory, MemberData(nameof(Cases))]
    public void Differences_have_the_mean_and_the_t_interval(string folder)
    {
        foreach (var pair in Open(folder, "paired_t").EnumerateObject().Select(one => one.Value))
        {
            double[] differences =
                [.. Numbers(pair, "first").Zip(Numbers(pair, "second"), (own, other) => own - other)];
            AssertClose(Number(pair, "mean_difference"), differences.Mean());
            var found = StudentInterval.Of(differences);
            if (differences.Length < 2) Assert.Null(found);
            else
            {
                // Math.NET searches the quantile of Student's t to 1e-8.
                var expected = Numbers(pair.GetProperty("interval"), "0.95");
                Assert.Equal(expected[0], found!.Low, 1e-8 * Math.Max(1, Math.Abs(expected[0])));
                Assert.Equal(expected[1], found.High, 1e-8 * Math.Max(1, Math.Abs(expected[1])));
            }
        }
    }

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
        var found = Assert.Single(OverSamples.OfReplicates([second], [[first]]));
        AssertClose(Numbers(expected, "interval_percentile"), found!.Interval);
        // A resample without a value is left out, wherever it stands.
        var holed = Assert.Single(OverSamples.OfReplicates([[double.NaN, .. second]], [[[0.5, .. first]]]));
        Assert.Equal(found.Interval, holed!.Interval);
        Assert.Null(Assert.Single(OverSamples.OfReplicates([[double.NaN]], [[[0.5]]])));
        // Seeds share their samples: two equal seeds know no more than one.
        Assert.Equal(found.Interval, OverSamples.OfReplicates([second, second], [[first, first]])[0]!.Interval);
    }

    static void AssertClose(double[] expected, Interval found)
    {
        AssertClose(expected[0], found.Low);
        AssertClose(expected[1], found.High);
    }

    /// <summary>Within 1e-9 of the larger of the number and 1e-3; zero spread leaves rounding noise near 0.</summary>
    static void AssertClose(double expected, double found) =>
        Assert.Equal(expected, found, 1e-9 * Math.Max(Math.Abs(expected), 1e-3));

    static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
