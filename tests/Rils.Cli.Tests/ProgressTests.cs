using Rils.Cli.Rendering;
using Rils.Contract;

namespace Rils.Tests.Cli;

public sealed class ProgressTests
{
    static readonly IReadOnlyDictionary<string, HeadMetric> NoMetrics = new Dictionary<string, HeadMetric>();
    readonly Clock clock = new();

    static PhaseStarted Started(long seed) => new(seed, 1, [], "", 0, 0, [], []);

    [Fact]
    public void Evaluations_are_left_out_of_the_pace()
    {
        var progress = new RunProgress(new([7, 8], ["a", "b"], 1, 100, 32), clock);
        clock.Pass(5);
        progress.Add(Started(7));
        progress.Add(new EvaluationStarted(7, 1, 0));
        clock.Pass(60);
        progress.Add(new HeadEvaluated(7, 1, new("a", "head", 0, NoMetrics)));
        Assert.Null(progress.SamplesPerSecond);
        Assert.Null(progress.Left);
        clock.Pass(2);
        progress.Add(new StepsTrained(7, 1, 10, []));
        clock.Pass(2);
        progress.Add(new StepsTrained(7, 1, 20, []));
        Assert.Equal(20 * 32 / 4.0, progress.SamplesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(180 * 0.2), progress.Left);
        progress.Add(Started(8));
        progress.Add(new StepsTrained(8, 1, 10, []));
        Assert.Equal(110, progress.AllSteps);
        Assert.Equal(TimeSpan.FromSeconds(69), progress.Elapsed);
    }

    [Theory]
    [InlineData(20, 0.1)]
    [InlineData(100_000, 0.1)]
    [InlineData(100_000, 600)]
    public void A_run_of_any_length_prints_a_few_hundred_lines_at_most(int steps, double secondsForTen)
    {
        string[] arms = ["a", "b", "c"];
        using var output = new StringWriter();
        var lines = new ProgressLines(new(new([0], arms, 2, steps, 32), clock), output, clock);
        lines.Receive(Started(0));
        for (var step = 10; step <= steps; step += 10)
        {
            clock.Pass(secondsForTen);
            lines.Receive(new StepsTrained(0, 1, step,
                [.. arms.Select(arm => new MetricRow(arm, step - 1, [new("loss", 1.5)]))]));
            if (step % 100 != 0 && step != steps) continue;
            lines.Receive(new EvaluationStarted(0, 1, step));
            foreach (var arm in arms) lines.Receive(new HeadEvaluated(0, 1, new(arm, "head", step, NoMetrics)));
        }
        var printed = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(printed.Length, 3, 400);
        foreach (var arm in arms)
            Assert.Contains(printed, line => line.StartsWith($"step {steps}/{steps}  {arm}  loss 1.5"));
    }

    [Fact]
    public void Quick_steps_are_not_each_a_line()
    {
        using var output = new StringWriter();
        var lines = new ProgressLines(new(new([0], ["a"], 0, 100, 32), clock), output, clock);
        lines.Receive(Started(0));
        for (var step = 10; step <= 100; step += 10)
        {
            clock.Pass(1);
            lines.Receive(new StepsTrained(0, 1, step, [new("a", step - 1, [new("x", 2), new("loss", 0.25)])]));
        }
        Assert.Equal(
            [
                "step 10/100  a  loss 0.25  x 2  320 samples/s  9s left",
                "step 60/100  a  loss 0.25  x 2  320 samples/s  4s left",
                "step 100/100  a  loss 0.25  x 2  320 samples/s  0s left",
            ],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
