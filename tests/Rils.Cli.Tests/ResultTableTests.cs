using Rils.Cli.Rendering;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Tests.Cli;

public sealed class ResultTableTests
{
    [Fact]
    public void Shows_before_and_after_for_each_arm_and_the_mean_of_seeds()
    {
        var text = Print(["b", "a"],
            [Arm("a", 0, 0.1, 0.3), Arm("b", 0, 0.2, 0.2), Arm("a", 1, 0.1, 0.5), Arm("b", 1, 0.2, 0.2)]);
        Assert.Equal(["head metric (mean of 2 seeds) b a", "zero top1 0.2 0.1 → 0.4"], text);
    }

    [Fact]
    public void An_arm_that_stopped_early_has_no_result() =>
        Assert.Equal(["head metric a b", "zero top1 0.1 → 0.3 stopped early"],
            Print(["a", "b"], [Arm("a", 0, 0.1, 0.3), Arm("b", 0, 0.2) with { Failure = "it burst" }]));

    [Fact]
    public void A_head_that_failed_after_the_last_step_has_no_result_and_says_why()
    {
        static HeadOutcome Failed(long step) =>
            new("a", "zero", step, new Dictionary<string, HeadMetric>()) { Failure = "it tripped" };
        var last = Arm("a", 0, 0.1) with { Heads = [.. Arm("a", 0, 0.1).Heads, Failed(8)] };
        Assert.Equal(["head metric a b", "zero top1 failed 0.1 → 0.3"],
            Print(["a", "b"], [last, Arm("b", 0, 0.1, 0.3)]));
        var first = Arm("a", 0) with { Heads = [Failed(0), Arm("a", 0, 0.1, 0.3).Heads[1]] };
        Assert.Equal(["head metric a", "zero top1 0.3"], Print(["a"], [first]));
        // A head that failed in each of its evaluations has no metrics.
        Assert.Equal(["head metric a", "zero failed"],
            Print(["a"], [Arm("a", 0) with { Heads = [Failed(0), Failed(8)] }]));
        Assert.Empty(ResultTable.LeftOut(["zero"], [last]));
        Assert.Equal("a  zero  failed: it tripped", RunLines.Result(Failed(8)));
        Assert.Equal("error: head zero of arm a (seed 3) failed at step 8: it tripped", RunLines.Failed(3, Failed(8)));
    }

    [Fact]
    public void Arms_that_a_head_leaves_out_are_named_and_those_that_stopped_early_are_not()
    {
        ArmOutcome[] outcomes = [Arm("mae", 0), Arm("clip", 0, 0.1),
            Arm("burst", 0) with { Failure = "it burst" }, Arm("mae", 1), Arm("clip", 1, 0.1)];
        Assert.Equal(["zero leaves out mae: this head needs parts that are not there"],
            ResultTable.LeftOut(["zero"], outcomes));
        Assert.Empty(ResultTable.LeftOut(["zero"], [Arm("clip", 0, 0.1)]));
    }

    [Fact]
    public void What_figures_are_read_against_stands_below_and_once()
    {
        static HeadMetric Reference(double value, string? unit = null) =>
            new(value) { Reading = MetricReading.Reference, Unit = unit };
        Dictionary<string, HeadMetric> found = new()
        {
            ["top1"] = new(0.25) { Chance = 0.125 }, ["per_class"] = new(0.5) { Chance = 0.125 },
            ["top5"] = new(0.75) { Chance = 0.625 },
            ["error"] = new(3.5) { Reading = MetricReading.LowerIsBetter, Unit = "px" },
            ["majority"] = Reference(0.2), ["samples"] = Reference(272), ["side"] = Reference(9, "px"),
        };
        ArmOutcome[] outcomes = [.. ((string[])["a", "b"])
            .Select(arm => Arm(arm, 0) with { Heads = [new(arm, "zero", 0, found), new(arm, "zero", 8, found)] })];
        Assert.Equal(["head metric a b", "zero top1 0.25 0.25", "zero per_class 0.5 0.5", "zero top5 0.75 0.75",
            "zero error (px, lower is better) 3.5 3.5"], Print(["a", "b"], outcomes));
        Assert.Equal(
            ["zero: chance 0.125 (top1, per_class), 0.625 (top5); majority 0.2; samples 272; side (px) 9"],
            ResultTable.Caption(outcomes));
        Assert.Equal("a  zero  top1 0.25  per_class 0.5  top5 0.75  error 3.5",
            RunLines.Result(outcomes[0].Heads[0]));
    }

    static ArmOutcome Arm(string arm, long seed, params double[] top1) => new(arm, seed, 1, null,
        [.. top1.Select((value, i) =>
            new HeadOutcome(arm, "zero", i, new Dictionary<string, HeadMetric> { ["top1"] = new(value) }))]);

    static string[] Print(string[] arms, ArmOutcome[] outcomes)
    {
        using var output = new StringWriter();
        Terminal.Of(output, TextWriter.Null).Write(ResultTable.Of(arms, ["zero"], outcomes, isPlain: true));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
