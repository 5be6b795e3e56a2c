using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary><c>rils plan --power</c> on experiment files, with and without a finished run.</summary>
public sealed class PlanPowerTests(Toy toy) : IClassFixture<Toy>
{
    const string Advice = "; `rils plan FILE --power --from RUN` gives it in a metric's units";

    [Fact]
    public void The_files_seeds_and_arms_count_and_no_data_is_read()
    {
        var without = toy.Write("no-data.toml", Toy.Text.Replace("toy-*.tar", "nowhere-*.tar"));
        Assert.Equal(2, Command.Here("plan", without).Code);
        var lines = Power(without, "--set", "seeds=[0,1,2,3,4,5]").Split('\n');
        Assert.Equal("power: 6 seeds find a difference of 1.43 standard deviations (of the paired differences between "
            + $"seeds) or more with 80%{Advice}", lines[0]);
        Assert.Contains(lines, line => line.TrimEnd() == "6     1.43");
        Assert.DoesNotContain(lines, line => line.Contains("data.load"));
    }

    /// <summary>An average is compared like an arm, and so are all arms of a sweep, in whatever runs.</summary>
    [Theory]
    [InlineData(1, "seeds=[0,1,2]")]
    [InlineData(3, "seeds=[0,1,2]", "average.momentum=0.9")]
    [InlineData(2, "seeds=[0,1,2]", "sweep.masking.ratio=[0.5,0.75]")]
    [InlineData(3, "seeds=[0,1,2]", "sweep.data.batch=[16,32]")]
    public void Arms_count_as_a_comparison_counts_them(int others, params string[] sets)
    {
        var line = Power(toy.Experiment, [.. sets.SelectMany(set => (string[])["--set", set])]).Split('\n')[0];
        Assert.EndsWith($" with 80%{(others == 1 ? "" : $", for each of {others} arms")}{Advice}", line);
    }

    [Fact]
    public void A_finished_run_gives_a_metrics_units()
    {
        var run = new FakeRun { Seeds = [0, 1, 2, 3] }.Write(toy["pilot"]);
        var lines = Power(toy.Experiment, "--set", "seeds=[0,1,2]", "--set", "primary=retrieval.image_to_text_r1",
            "--from", run).Split('\n');
        Assert.EndsWith(" or more with 80%", lines[0]);
        Assert.Equal("note: the experiment's `primary` is retrieval.image_to_text_r1, which the run of --from lacks",
            lines[1]);
        Assert.Equal($"Spread of 4 seeds in {run}, paired differences to arm clip:", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("top1 "));
    }

    [Fact]
    public void Runs_and_files_that_tell_no_power_are_refused()
    {
        string From(string run) => Command.Here("plan", toy.Experiment, "--power", "--from", run).Returns(2).Error;
        var two = new FakeRun { Seeds = [0, 1] }.Write(toy["two"]);
        Assert.Equal($"error: --from {two}: a spread over seeds takes 3 seeds or more, and this run has 2: "
            + "name a run of more, or make one by --set seeds=[0,1,2]\n", From(two));
        var alone = new FakeRun { Seeds = [0, 1, 2], Arms = [("clip", 0.4)] }.Write(toy["alone"]);
        Assert.Equal($"error: --from {alone}: a difference takes two arms, and this run has only clip to compare: "
            + "name a run of several arms\n", From(alone));
        Assert.StartsWith("error: --from: ", From(toy["nowhere"]));
        Assert.StartsWith(
            $"error: --power: {toy.Experiment} has a single arm, and power is that of a difference between two",
            Command.Here("plan", toy.Experiment, "--power", "--set", "arm.rils=none").Returns(2).Error);
        Assert.StartsWith("--set seeds=[0,0]: ",
            Command.Here("plan", toy.Experiment, "--power", "--set", "seeds=[0,0]").Returns(2).Error);
        Assert.StartsWith("--set sedes=[0,1,2]: unknown key `sedes`",
            Command.Here("plan", toy.Experiment, "--power", "--set", "sedes=[0,1,2]").Returns(2).Error);
        Assert.StartsWith("--set primary=knn.top1: ",
            Command.Here("plan", toy.Experiment, "--power", "--set", "primary=knn.top1").Returns(2).Error);
    }

    static string Power(string file, params string[] arguments) =>
        Command.Here(["plan", file, "--power", .. arguments]).Returns(0).Output;
}
