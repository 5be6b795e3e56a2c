using Rils.Contract;
using Rils.Engine.Training;
using Rils.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

public sealed class MetricLogTests
{
    [Fact]
    public void Rows_hold_what_was_added_in_order()
    {
        using var scope = NewDisposeScope();
        var log = new MetricLog("a");
        log.Add(3, 0.5, [new("term", tensor(2f), 0.1)], [new("loss", tensor(0.2f))]);
        log.Drain();
        var row = Assert.Single(log.Take());
        Assert.Equal(("a", 3L), (row.Arm, row.Step));
        Assert.Equal(["term", "loss", "learning_rate"], row.Values.Select(value => value.Key));
        Assert.Equal([2, 0.2f, 0.5], row.Values.Select(value => value.Value));
        Assert.Empty(log.Take());
    }

    [Theory]
    [InlineData("other", "other")]
    [InlineData("loss", "loss")]
    [InlineData("step", "other")]
    [InlineData("learning_rate", "other")]
    public void Two_numbers_of_one_name_are_refused(string term, string metric)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<InvalidOperationException>(() =>
            new MetricLog("a").Add(0, 1, [new(term, tensor(1f))], [new(metric, tensor(1f))]));
        Assert.Contains(term, error.Message);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_its_step()
    {
        using var scope = NewDisposeScope();
        var log = new MetricLog("a");
        log.Add(7, 1, [new("term", tensor(float.NaN))], []);
        Assert.StartsWith("term was NaN at step 7", Assert.Throws<InvalidOperationException>(log.Drain).Message);
        Assert.Single(log.Take());
    }
}
