using System.Text.Json;
using Rils.Analysis;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Runs;

/// <summary>Runs on real images whose arms have a moving average of their weights.</summary>
public abstract class AverageRunTests(WholeRuns runs, string precision) : IClassFixture<WholeRuns>, IDisposable
{
    static readonly string[] Sets = ["steps=24", "checkpoint.every=7", "schedule.learning_rate=1e-2"];

    readonly TinyExperiment tiny = new(precision);

    public void Dispose() => tiny.Dispose();

    string Averaged(double momentum = 0.9) => runs.Of(tiny.Write(
        $"{TinyExperiment.Rils}\naverage = {{ momentum = {momentum} }}", TinyExperiment.Clip, TinyExperiment.Retrieval),
        Sets);

    static byte[] Bytes(string run, string file) => Path.Combine(run, "seed-0", file) is var path
        && file.EndsWith(".safetensors", StringComparison.Ordinal) ? SavedTensors.Of(path) : File.ReadAllBytes(path);

    static ArmOutcome Outcome(string run, string arm) =>
        FinishedRun.Read(run).Outcomes.Single(outcome => outcome.Arm == arm);

    [Fact]
    public void An_average_changes_no_byte_of_its_arm_nor_of_the_others()
    {
        var plain = runs.Of(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Retrieval), Sets);
        foreach (var name in (string[])["rils/model.safetensors", "clip/model.safetensors", "rils/samples.json",
            "clip/samples.json"])
            Assert.Equal(Bytes(plain, name), Bytes(Averaged(), name));
        foreach (var arm in (string[])["rils", "clip"])
        {
            Assert.Equal(TinyExperiment.Metrics(plain, arm), TinyExperiment.Metrics(Averaged(), arm));
            // The file of the weights says that the arm has an average.
            Assert.Equal(JsonSerializer.Serialize(Outcome(plain, arm) with { Files = Outcome(Averaged(), arm).Files }),
                JsonSerializer.Serialize(Outcome(Averaged(), arm)));
        }
    }

    [Fact]
    public void The_average_has_rows_of_its_own_and_its_files_stand_in_the_outcome()
    {
        var (own, average) = (Outcome(Averaged(), "rils"), Outcome(Averaged(), "rils (average)"));
        Assert.Equal(["rils", "rils (average)", "clip"], FinishedRun.Read(Averaged()).Arms);
        Assert.Equal([0, 10, 20, 24], average.Heads.Select(head => head.Step));
        Assert.Equal(own.Heads[0].Metrics, average.Heads[0].Metrics);
        Assert.Equal(["model.safetensors", "samples.json"], average.Files.Keys.Order());
        Assert.All(average.Files.Keys, name => Assert.True(
            average.Holds(Path.Combine(Averaged(), "seed-0", "rils", "average"), name)));
        Assert.NotEqual(own.Files["model.safetensors"], average.Files["model.safetensors"]);
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> Read(string file) =>
            SafeTensors.Read(Path.Combine(Averaged(), "seed-0", "rils", file));
        var (weights, averaged) = (Read("model.safetensors"), Read("average/model.safetensors"));
        Assert.Equal(weights.Keys.Order(), averaged.Keys.Order());
        Assert.All(averaged, tensor => Assert.Equal(weights[tensor.Key].shape, tensor.Value.shape));
    }

    [Fact]
    public void With_momentum_0_the_average_is_the_arm_to_the_byte()
    {
        var run = Averaged(0);
        Assert.Equal(Bytes(run, "rils/model.safetensors"), Bytes(run, "rils/average/model.safetensors"));
        Assert.Equal(Bytes(run, "rils/samples.json"), Bytes(run, "rils/average/samples.json"));
        Assert.Equal(Outcome(run, "rils").Heads.Select(head => head.Metrics["image_to_text_r1"]),
            Outcome(run, "rils (average)").Heads.Select(head => head.Metrics["image_to_text_r1"]));
    }

    /// <summary>An arm that begins as the average has, before its first step, the figures of the average.</summary>
    [Fact]
    public void The_figures_are_those_of_the_saved_average()
    {
        var path = Path.Combine(Averaged(), "seed-0", "rils", "average", "model.safetensors");
        var taken = tiny.Run(tiny.Write($"{TinyExperiment.Rils}\ninit = {{ path = \"{path}\" }}",
            TinyExperiment.Mim.Replace("from = \"clip\"", $"path = \"{path}\""), TinyExperiment.Retrieval));
        Assert.Equal(Outcome(Averaged(), "rils (average)").Heads[^1].Metrics, Outcome(taken, "rils").Heads[0].Metrics);
    }

    [Fact]
    public void Compare_and_report_show_the_average_beside_the_arms()
    {
        var comparison = Comparer.Compare([Averaged()], new());
        Assert.Equal(["rils", "rils (average)", "clip"], comparison.Arms);
        Assert.Equal("clip", comparison.Baseline);
        Assert.All(comparison.Metrics, metric => Assert.Equal(3, metric.Arms.Count));
        Assert.Contains("rils (average)", RunReport.Of(FinishedRun.Read(Averaged()), new Schedule(null, [])));
    }

    [Fact]
    public void The_average_of_an_arm_that_stops_early_stops_with_it()
    {
        var outcomes = tiny.RunIn(tiny["failed"], tiny.Write(
            TinyExperiment.Rils + "\naverage = {}\nschedule = { kind = \"constant\", learning_rate = 1e30 }",
            TinyExperiment.Clip + "\naverage = {}", TinyExperiment.Retrieval), null, null, default, Sets);
        Assert.Equal([("rils", true), ("rils (average)", true), ("clip", false), ("clip (average)", false)],
            outcomes.Select(outcome => (outcome.Arm, outcome.Failure is not null)));
        Assert.Equal(["clip", "clip (average)"], Comparer.Compare([tiny["failed"]], new()).Arms);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("samples.json")]
    public void A_file_of_the_average_that_is_missing_is_made_again_to_the_same_bytes(string name)
    {
        var file = tiny.Write(TinyExperiment.Rils + "\naverage = { momentum = 0.9 }", TinyExperiment.Retrieval);
        runs.Copy(file, Sets, tiny["run"]);
        var path = tiny[$"run/seed-0/rils/average/{name}"];
        var before = File.ReadAllBytes(path);
        File.Delete(path);
        tiny.RunIn(tiny["run"], file, null, null, CancellationToken.None, Sets);
        Assert.Equal(before, File.ReadAllBytes(path));
    }
}

public sealed class AverageRunInFp32Tests(WholeRuns runs) : AverageRunTests(runs, "fp32");

public sealed class AverageRunInBf16Tests(WholeRuns runs) : AverageRunTests(runs, "bf16");
