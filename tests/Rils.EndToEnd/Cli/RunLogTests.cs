namespace Rils.Tests.Cli;

/// <summary>The lines of <c>run.log</c> and of <c>--verbose</c>.</summary>
public sealed class RunLogTests(Toy toy) : IClassFixture<Toy>
{
    const string Engine = "Rils.Engine.Composition.ExperimentLoader";

    [Fact]
    public void The_log_tells_plugins_data_and_the_end_with_times_and_a_resumed_run_goes_on_in_it()
    {
        var folder = toy["logged"];
        Assert.DoesNotContain("info: ",
            Command.Here("run", toy.Experiment, "--out", folder, "--set", "steps=3").Returns(0).Error);
        var first = Lines(folder);
        Assert.All(first, line => Assert.Matches(
            @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warn) Rils\.[\w.]+: ", line));
        Assert.Contains(first, line => line.Contains(
            " info Rils.Engine.Plugins.PluginLoader: plugin Rils.Vit 0.1.0 from /"));
        Assert.Contains(first, line => line.EndsWith(
            $" info {Engine}: `train` in [data]: 64 samples in {toy["toy-*.tar"]}"));
        Assert.Contains(first, line => line.Contains(
            $": toy in {folder}, new: arms rils, clip, seeds 0, 3 steps, on cpu"));
        Assert.EndsWith(": ended with exit code 0", first[^1]);

        Command.Here("run", "--resume", folder).Returns(0);
        var both = Lines(folder);
        Assert.Equal(first, both[..first.Length]);
        Assert.Contains(both[first.Length..], line => line.Contains($": toy in {folder}, begun before: "));
    }

    [Fact]
    public void Each_run_of_a_sweep_has_a_log_of_its_own()
    {
        var folder = toy["sweep"];
        Command.Here("run", toy.Experiment, "--out", folder, "--set", "steps=3",
            "--set", "sweep.data.batch=[8,16]").Returns(0);
        var logs = Directory.GetFiles(folder, "run.log", SearchOption.AllDirectories);
        Assert.Equal(2, logs.Length);
        foreach (var lines in logs.Select(File.ReadAllLines))
        {
            Assert.Single(lines, line => line.Contains("plugin Rils.Vit 0.1.0 from /"));
            Assert.Single(lines, line => line.Contains("`train` in [data]: 64 samples"));
            Assert.Single(lines, line => line.Contains("ended with exit code 0"));
        }
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_told_once_and_left_out()
    {
        var folder = toy["unlogged"];
        Directory.CreateDirectory(Path.Combine(folder, "run.log"));
        File.WriteAllText(Path.Combine(folder, "run.lock"), "");
        Assert.Equal($"warning: {folder}/run.log cannot be written ({folder}/run.log is a folder: "
            + "name a regular file): the run goes on without it\n",
            Command.Here("run", toy.Experiment, "--out", folder, "--set", "steps=3").Returns(0).Error);
    }

    [Fact]
    public void A_folder_with_a_lock_and_a_log_alone_is_unused()
    {
        var folder = Directory.CreateDirectory(toy["killed"]).FullName;
        File.WriteAllText(Path.Combine(folder, "run.lock"), "");
        File.WriteAllText(Path.Combine(folder, "run.log"), "killed at once\n");
        Command.Here("run", toy.Experiment, "--out", folder, "--set", "steps=3").Returns(0);
        Assert.Equal("killed at once", Lines(folder)[0]);
    }

    [Fact]
    public void Verbose_shows_the_same_on_standard_error()
    {
        var lines = Command.Here("check", toy.Experiment, "--verbose").Returns(0).Error.Split('\n');
        Assert.Contains(lines, line => line.StartsWith(
            "info: Rils.Engine.Plugins.PluginLoader[0] plugin Rils.Vit 0.1.0 from /"));
        Assert.Contains($"info: {Engine}[0] `train` in [data]: 64 samples in {toy["toy-*.tar"]}", lines);
        Assert.DoesNotContain(lines, line => line.Contains(" Microsoft."));
    }

    static string[] Lines(string folder) => File.ReadAllLines(Path.Combine(folder, "run.log"));
}
