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

    static HeadResult Result(double mean, string[] keys, double[] values, string metric = "top1") =>
        new(new Dictionary<string, double> { ["top1"] = mean })
    {
        Samples = [new(keys, new Dictionary<string, IReadOnlyList<double>> { [metric] = values })],
    };
}
