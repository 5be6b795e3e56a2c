using Rils.Contract;
using Rils.Runs;

namespace Rils.Tests.Engine.Runs;

public sealed class HeadFindingTests
{
    [Fact]
    public void Samples_whose_mean_is_the_metric_are_taken()
    {
        var finding = HeadFinding.Of("clip", "zero-shot", 8, Result(0.5, ["a", "b"], [0, 1]));
        Assert.Equal(("clip", "zero-shot", 8L), (finding.Outcome.Arm, finding.Outcome.Head, finding.Outcome.Step));
        Assert.Equal([0, 1], finding.Samples[0].Metrics["top1"]);
        Assert.Empty(HeadFinding.Of("clip", "zero-shot", 8, new(finding.Outcome.Metrics)).Samples);
    }

    [Theory]
    [InlineData(0.4, new[] { "a", "b" }, new[] { 0.0, 1 }, "top1", "whose mean is not the metric")]
    [InlineData(0.5, new[] { "a", "b" }, new[] { 0.0, double.NaN }, "top1", "whose mean is not the metric")]
    [InlineData(0.5, new[] { "a", "b", "c" }, new[] { 0.0, 1 }, "top1", "not one for each key")]
    [InlineData(0.5, new[] { "a", "b" }, new[] { 0.0, 1 }, "top2", "numbers of samples for top2")]
    [InlineData(0.5, new[] { "a", "a" }, new[] { 0.0, 1 }, "top1", "two samples the same key")]
    public void Samples_that_do_not_fit_are_refused(
        double mean, string[] keys, double[] values, string metric, string says) =>
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() =>
            HeadFinding.Of("clip", "zero-shot", 8, Result(mean, keys, values, metric))).Message);

    [Fact]
    public void Clusters_have_a_number_for_each_sample()
    {
        HeadResult With(params int[] clusters)
        {
            var result = Result(0.5, ["a", "b"], [0, 1]);
            return result with { Samples = [result.Samples[0] with { Clusters = clusters }] };
        }
        Assert.Equal([3, 3], HeadFinding.Of("clip", "retrieval", 8, With(3, 3)).Samples[0].Clusters);
        Assert.Contains("gives 1 numbers of clusters for 2 samples", Assert.Throws<InvalidDataException>(
            () => HeadFinding.Of("clip", "retrieval", 8, With(3))).Message);
        Assert.False(HeadFinding.Fits(With(3).Samples[0], With(3).Metrics));
    }

    [Theory]
    [InlineData("top1", 1000, 0.5, "replicates for top1")]
    [InlineData("map", 999, 0.5, "not 1000 numbers")]
    [InlineData("map", 1000, double.PositiveInfinity, "not 1000 numbers")]
    [InlineData("other", 1000, 0.5, "replicates for other")]
    public void Replicates_that_do_not_fit_are_refused(string metric, int count, double value, string says)
    {
        var result = Result(0.5, ["a", "b"], [0, 1]);
        HeadResult With(string name, int replicates, double first) =>
            new(new Dictionary<string, HeadMetric>(result.Metrics) { ["map"] = new(0.3) })
            {
                Samples = [result.Samples[0] with { Replicates = new Dictionary<string, IReadOnlyList<double>>
                {
                    [name] = [first, .. Enumerable.Repeat(0.2, replicates - 1)],
                } }],
            };
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() =>
            HeadFinding.Of("clip", "detection", 8, With(metric, count, value))).Message);
        // A resample may leave the metric without a value.
        Assert.Single(HeadFinding.Of("clip", "detection", 8, With("map", 1000, double.NaN)).Samples);
    }

    [Theory]
    [InlineData(double.NaN, null)]
    [InlineData(0.5, double.PositiveInfinity)]
    public void A_value_or_a_chance_that_is_no_number_is_refused(double value, double? chance) =>
        Assert.Contains("for top1, which is no number", Assert.Throws<InvalidDataException>(() =>
            HeadFinding.Of("clip", "zero-shot", 8, new(new Dictionary<string, HeadMetric>
            {
                ["top1"] = new(value) { Chance = chance },
            }))).Message);

    static HeadResult Result(double mean, string[] keys, double[] values, string metric = "top1") =>
        new(new Dictionary<string, HeadMetric> { ["top1"] = new(mean) })
    {
        Samples = [new(keys, new Dictionary<string, IReadOnlyList<double>> { [metric] = values })],
    };
}
