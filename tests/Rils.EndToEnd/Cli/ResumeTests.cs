using System.Text.Json;
using Rils.Runs;
using Rils.Tests.Golden;

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

    /// <summary>The experiment in a file of weights, with data and a batch, trains the arm to the same bytes.</summary>
    [Fact]
    public void The_experiment_in_a_file_of_weights_trains_the_same_arm()
    {
        var file = finished["seed-0", "rils", "model.safetensors"];
        var text = Command.Here("weights", file, "--experiment").Returns(0).Output;
        var again = finished.Toy["again"];
        Command.Here("run", finished.Toy.Write("again.toml", text), "--set", $"data.train={finished.Toy["toy-*.tar"]}",
            "--set", "data.kind=webdataset", "--set", "data.batch=16", "--out", again).Returns(0);
        Assert.Equal(File.ReadAllBytes(file),
            File.ReadAllBytes(Path.Combine(again, "seed-0", "rils", "model.safetensors")));
        Assert.Contains($"{finished.Folder} holds 2 files of weights, each with an experiment: name one, as in ",
            Command.Here("weights", finished.Folder, "--experiment").Returns(2).Error);
        var foreign = Path.Combine(Repository.Root, "tests", "golden", "rils-tiny", "inputs.safetensors");
        Assert.Contains("holds no experiment: only the files that a run writes do",
            Command.Here("weights", foreign, "--experiment").Returns(2).Error);
    }

    /// <summary>The header as other programs see it.</summary>
    [Fact]
    public void A_file_of_weights_describes_its_model_to_any_reader_of_the_format()
    {
        var bytes = File.ReadAllBytes(finished["seed-0", "rils", "model.safetensors"]);
        var header = JsonDocument.Parse(bytes.AsMemory(8, (int)BitConverter.ToInt64(bytes))).RootElement;
        var said = header.GetProperty("__metadata__").Deserialize<Dictionary<string, string>>()!;
        Assert.Equal(["arm", "experiment", "format", "parts", "rils", "seed", "shapes", "step"], said.Keys);
        Assert.Equal(("pt", "rils", "0", "12"), (said["format"], said["arm"], said["seed"], said["step"]));
        Assert.Equal("""{"backbone":"vit","decoder":"mae","space":"linear","text":"transformer"}""", said["parts"]);
        var shapes = JsonDocument.Parse(said["shapes"]).RootElement;
        Assert.Equal(header.GetProperty("visual.cls_token").GetProperty("shape")[2].GetInt64(),
            shapes.GetProperty("backbone").GetProperty("width").GetInt64());
        Assert.Equal(header.GetProperty("token_embedding.weight").GetProperty("shape")[0].GetInt64(),
            shapes.GetProperty("text").GetProperty("vocabulary").GetInt64());
        Assert.Equal(header.GetProperty("image_projection").GetProperty("shape")[1].GetInt64(),
            shapes.GetProperty("space").GetProperty("dimensions").GetInt64());
        Assert.DoesNotContain("train", said["experiment"].Split('\n').Select(line => line.Split('=')[0].Trim()));
        Assert.DoesNotContain("clip", said["experiment"]);
    }

    [Fact]
    public void Weights_are_listed_by_the_authors_names_with_shapes_and_norms()
    {
        var listed = Command.Here("weights", finished.Folder).Returns(0).Output;
        Assert.Contains(Path.Combine("seed-0", "clip", "model.safetensors"), listed);
        Assert.Matches(@"visual\.blocks\.1\.attn\.qkv\.weight +Float32 +\[48, 16\] +\d", listed);
        Assert.Contains("\narm clip, seed 0, step 12, by rils 0.1.0\n", listed);
        Assert.Contains("\nbackbone vit: columns 4, layers 2, patch 8, prefix 1, rows 4, width 16\n", listed);
        Assert.Contains("holds no model.safetensors",
            Command.Here("weights", Directory.CreateDirectory(finished.Toy["none"]).FullName).Returns(2).Error);
    }
}
