using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Checkpoints;

/// <summary>A run that was stopped anywhere and resumed has the bytes of a run that was never stopped.</summary>
public abstract class ResumeTests(WholeRuns runs, string precision) : IClassFixture<WholeRuns>, IDisposable
{
    static readonly string[] Sets = ["steps=24", "checkpoint.every=7"];

    static readonly string[] Samples = ["seed-0/rils/samples.json", "seed-0/clip/samples.json"];

    readonly TinyExperiment tiny = new(precision);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    // Each session stops at an evaluation, also at the one after the last step.
    [InlineData(1, true)]
    [InlineData(1, false, "data.chunk=5", "backbone.recompute=true")]
    [InlineData(1, false, "backbone.drop_path=0.4", "data.chunk=5", "backbone.recompute=true")]
    [InlineData(1, false, "backbone.drop_path=0.4", "backbone.positions=learned", "backbone.registers=2",
        "backbone.layer_scale=0.1", "backbone.pre_norm=true", "backbone.activation=quickgelu")]
    // The queue is longer than the samples before the first stop, and no multiple of the batch.
    [InlineData(1, false, "arm.rils.target.queue=130", "arm.rils.target.gate=soft", "data.chunk=5")]
    public void Stopped_several_times_it_ends_with_the_same_bytes(
        int everyDrains, bool hasHeads = false, params string[] more) =>
        StoppedAndWhole(everyDrains, hasHeads, ["rils", "clip", "mae", "mae-clip"], [.. Sets, .. more], tiny.Write(
            TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Mae,
            TinyExperiment.MaeClip, hasHeads ? TinyExperiment.Retrieval : ""));

    /// <summary>The names and bytes (hexadecimal) of an arm's pictures.</summary>
    static (string, string)[] Gallery(string run, string arm) =>
        Path.Combine(run, "seed-0", arm, "gallery") is var folder && Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file))))] : [];

    [Fact]
    public void So_does_one_with_a_teacher_that_is_a_moving_average() => StoppedAndWhole(
        1, false, ["rils", "clip"], [.. Sets, "arm.rils.target.gate=soft"],
        tiny.Write(TinyExperiment.Rils + "\nteacher = { kind = \"ema\", momentum = 0.9 }", TinyExperiment.Clip));

    [Fact]
    public void So_does_one_whose_batch_norms_have_running_statistics() => StoppedAndWhole(
        1, false, ["clip", "slip"], [.. Sets, "data.chunk=5"], tiny.Write(TinyExperiment.Clip, TinyExperiment.Slip));

    [Fact]
    public void So_does_one_whose_weights_have_an_average()
    {
        const string Average = "\naverage = { momentum = 0.9, warmup = true }";
        string[] files = ["rils/average/model.safetensors", "rils/average/samples.json"];
        StoppedAndWhole(1, true, ["rils", "clip"], Sets,
            tiny.Write(TinyExperiment.Rils + Average, TinyExperiment.Clip, TinyExperiment.Retrieval), files);
    }

    [Fact]
    public void So_does_one_whose_average_has_running_statistics() => StoppedAndWhole(1, false, ["clip", "slip"],
        [.. Sets, "data.chunk=5"],
        tiny.Write(TinyExperiment.Clip, TinyExperiment.Slip.Replace("name      =", "average   = {}\nname      =")),
        "slip/average/model.safetensors");

    [Fact]
    public void So_does_one_with_layer_decay_or_sgd() => StoppedAndWhole(1, false, ["rils", "clip"], Sets, tiny.Write(
        TinyExperiment.Rils + "\nlayer_decay = { factor = 0.65 }",
        TinyExperiment.Clip + "\noptimizer = { kind = \"sgd\", weight_decay = 1e-3 }"));

    void StoppedAndWhole(int everyDrains, bool hasHeads, string[] arms, string[] sets, string file,
        params string[] files)
    {
        var whole = runs.Of(file, sets);
        var stopped = tiny["stopped"];
        for (var sessions = 0; !File.Exists(Path.Combine(stopped, "seed-0/outcome.json")); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            var heard = 0;
            tiny.RunIn(stopped, file, null, new CallbackSink(_ =>
            {
                if (++heard == everyDrains) stop.Cancel();
            }), stop.Token, sets);
        }
        foreach (var arm in arms)
        {
            Assert.Equal(TinyExperiment.Weights(whole, arm), TinyExperiment.Weights(stopped, arm));
            Assert.Equal(arm != "clip", Gallery(whole, arm).Length > 0);
            Assert.Equal(Gallery(whole, arm), Gallery(stopped, arm));
        }
        foreach (var name in files.Select(name => Path.Combine("seed-0", name)))
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, name)), File.ReadAllBytes(Path.Combine(stopped, name)));
        foreach (var name in (string[])["seed-0/outcome.json", "seed-0/metrics.jsonl", .. hasHeads ? Samples : []])
            Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(stopped, name)));
    }

    /// <summary>The session stops within an evaluation: before the first step, in the middle, after the last step. A
    /// later session makes the whole evaluation again from the checkpoint.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(24)]
    public void Stopped_in_an_evaluation_it_ends_with_the_same_bytes(long step)
    {
        // The second head has no `every`, and is due at the ends only.
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Retrieval,
            TinyExperiment.Retrieval.Replace("every = 10", "name = \"ends\""));
        var whole = runs.Of(file, Sets);
        using var stop = new CancellationTokenSource();
        List<long> evaluated = [];
        Assert.Empty(tiny.RunIn(tiny["stopped"], file, null, new CallbackSink(evaluating: at =>
        {
            if (at == step) stop.Cancel();
        }, evaluated: outcome => evaluated.Add(outcome.Step)), stop.Token, Sets));
        Assert.DoesNotContain(step, evaluated);
        Assert.False(File.Exists(tiny["stopped/seed-0/outcome.json"]));
        var outcomes = tiny.RunIn(tiny["stopped"], file,
            null, new CallbackSink(evaluated: outcome => evaluated.Add(outcome.Step)), CancellationToken.None, Sets);
        Assert.Equal(2, outcomes.Count);
        // Two arms have two heads at the ends and one in between. Each result comes once, though one evaluation began
        // twice.
        Assert.Equal([0, 0, 0, 0, 10, 10, 20, 20, 24, 24, 24, 24], evaluated);
        foreach (var name in (string[])["seed-0/outcome.json",
            "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", .. Samples])
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, name)),
                File.ReadAllBytes(Path.Combine(tiny["stopped"], name)));
    }

    /// <summary>Checkpoints hold no samples.json, so a finished seed goes back to its last checkpoint and evaluates
    /// again.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("cut off")]
    public void Samples_that_are_missing_or_damaged_are_made_again_to_the_same_bytes(string damage)
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Retrieval);
        runs.Copy(file, Sets, tiny["run"]);
        string[] names = ["seed-0/outcome.json", "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", .. Samples];
        var before = names.Select(name => File.ReadAllBytes(tiny[$"run/{name}"])).ToArray();
        var samples = tiny["run/seed-0/clip/samples.json"];
        if (damage == "") File.Delete(samples);
        else File.WriteAllText(samples, File.ReadAllText(samples)[..^100]);
        List<long> evaluated = [];
        tiny.RunIn(tiny["run"], file, null, new CallbackSink(evaluated: outcome => evaluated.Add(outcome.Step)),
            CancellationToken.None, Sets);
        Assert.Equal([24, 24], evaluated);
        foreach (var (name, bytes) in names.Zip(before)) Assert.Equal(bytes, File.ReadAllBytes(tiny[$"run/{name}"]));
    }

    [Fact]
    public void A_signal_after_the_last_evaluation_stops_nothing()
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Retrieval);
        using var stop = new CancellationTokenSource();
        var outcomes = tiny.RunIn(tiny["late"], file, null, new CallbackSink(evaluated: outcome =>
        {
            if (outcome.Step == 24) stop.Cancel();
        }), stop.Token, Sets);
        Assert.Equal(2, outcomes.Count);
        Assert.True(File.Exists(tiny["late/seed-0/outcome.json"]));
    }

    [Fact]
    public void A_signal_at_the_end_of_a_seed_without_heads_leaves_it_finished_and_begins_no_other()
    {
        using var stop = new CancellationTokenSource();
        Assert.Empty(tiny.RunIn(tiny["late"], tiny.Write(TinyExperiment.Clip), null, new CallbackSink(step =>
        {
            if (step == 24) stop.Cancel();
        }), stop.Token, [.. Sets, "seeds=[0, 1]"]));
        Assert.True(File.Exists(tiny["late/seed-0/outcome.json"]));
        Assert.False(Directory.Exists(tiny["late/seed-1/checkpoints"]));
    }

    public void Dispose() => tiny.Dispose();
}

public sealed class ResumeInFp32Tests(WholeRuns runs) : ResumeTests(runs, "fp32");

public sealed class ResumeInBf16Tests(WholeRuns runs) : ResumeTests(runs, "bf16");
