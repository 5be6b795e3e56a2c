using Rils.Runs;

namespace Rils.Tests.Cli;

/// <summary><c>rils run --resume</c> and <c>rils weights</c> on the folder of a finished run.</summary>
public sealed class ResumeTests(RunTests.FinishedRun finished) : IClassFixture<RunTests.FinishedRun>
{
    [Fact]
    public void A_finished_run_is_not_run_again()
    {
        var before = File.ReadAllText(finished["seed-0/outcome.json"]);
        var written = File.GetLastWriteTimeUtc(finished["seed-0", "rils", "model.safetensors"]);
        var again = Command.Here("run", finished.Toy.Experiment, "--resume", finished.Folder).Returns(0);
        var lines = again.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("already finished: every seed is done, nothing was run", lines[4]);
        Assert.Contains(lines, line => line.StartsWith("retrieval image_to_text_r1"));
        Assert.Equal($"everything is in {finished.Folder}", lines[^1]);
        Assert.DoesNotContain("already finished", finished.Outcome.Output);
        Assert.Equal(before, File.ReadAllText(finished["seed-0/outcome.json"]));
        Assert.Equal(written, File.GetLastWriteTimeUtc(finished["seed-0", "rils", "model.safetensors"]));
    }

    [Fact]
    public void Another_experiment_is_refused_and_the_differences_are_named()
    {
        var refused = Command.Here("run", finished.Toy.Experiment,
            "--resume", finished.Folder, "--set", "schedule.learning_rate=2e-3", "--set", "steps=13").Returns(2);
        Assert.Contains("arm.clip.schedule.learning_rate was 0.001 and is 0.002", refused.Error);
        Assert.Contains("arm.rils.schedule.learning_rate was 0.001 and is 0.002", refused.Error);
        Assert.Contains("steps was 12 and is 13", refused.Error);
    }

    [Fact]
    public void More_seeds_go_on_and_leave_those_that_are_there_alone()
    {
        using var toy = new Toy();
        var run = toy["seeds"];
        Command.Here("run", toy.Experiment, "--out", run).Returns(0);
        string[] kept = [.. Directory.GetFiles(Path.Combine(run, "seed-0"), "*", SearchOption.AllDirectories)];
        var before = kept.ToDictionary(file => file,
            file => (File.GetLastWriteTimeUtc(file), Convert.ToHexString(File.ReadAllBytes(file))));
        var refused = Command.Here("run", "--resume", run, "--set", "seeds=[1]").Returns(2).Error;
        Assert.Contains("seeds[0] was 0 and is 1", refused.Replace("was absent", "was 0"));
        Command.Here("run", "--resume", run, "--set", "seeds=[2,0]").Returns(0);
        Assert.All(before, file => Assert.Equal(file.Value,
            (File.GetLastWriteTimeUtc(file.Key), Convert.ToHexString(File.ReadAllBytes(file.Key)))));
        // The folder's experiment.toml names all seeds, so the folder goes on without FILE.
        Assert.Contains("seeds = [2, 0]", File.ReadAllText(Path.Combine(run, "experiment.toml")));
        Assert.Contains("already finished: every seed is done, nothing was run",
            Command.Here("run", "--resume", run).Returns(0).Output);
        Assert.Contains("no answer from 2 seeds (0, 2)", Command.Here("compare", run).Returns(0).Output);
        var alone = toy["alone"];
        Command.Here("run", toy.Experiment, "--out", alone, "--set", "seeds=[2]").Returns(0);
        Assert.Equal(File.ReadAllBytes(Path.Combine(alone, "seed-2", "rils", "model.safetensors")),
            File.ReadAllBytes(Path.Combine(run, "seed-2", "rils", "model.safetensors")));
    }

    [Fact]
    public void A_folder_that_another_process_uses_is_refused()
    {
        using var used = RunFolder.Open(finished.Folder);
        var refused = Command.Process("run", finished.Toy.Experiment, "--resume", finished.Folder).Returns(2);
        Assert.Contains("is in use by another process", refused.Error);
    }

    [Fact]
    public void A_folder_that_is_no_run_and_two_folders_are_refused()
    {
        var empty = Directory.CreateDirectory(finished.Toy["empty"]).FullName;
        Assert.Contains("is no run folder",
            Command.Here("run", finished.Toy.Experiment, "--resume", empty).Returns(2).Error);
        var both = Command.Here("run", finished.Toy.Experiment, "--resume", finished.Folder, "--out", empty).Returns(2);
        Assert.Contains("not both", both.Error);
    }

    [Fact]
    public void Weights_are_listed_by_the_authors_names_with_shapes_and_norms()
    {
        var listed = Command.Here("weights", finished.Folder).Returns(0).Output;
        Assert.Contains(Path.Combine("seed-0", "clip", "model.safetensors"), listed);
        Assert.Matches(@"visual\.blocks\.1\.attn\.qkv\.weight +Float32 +\[48, 16\] +\d", listed);
        Assert.Contains("holds no model.safetensors",
            Command.Here("weights", Directory.CreateDirectory(finished.Toy["none"]).FullName).Returns(2).Error);
    }
}
