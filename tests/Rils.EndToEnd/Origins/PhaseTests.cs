using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Origins;

/// <summary>An arm that takes weights from another is trained after it, in a world of its own.</summary>
public sealed class PhaseTests : IDisposable
{
    const string FromClip = "\ninit = { from = \"clip\" }";
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);
    static readonly string[] Sets = ["steps=20", "checkpoint.every=7"];

    readonly TinyExperiment tiny = new();

    static string Arm(string name, string? from = null) =>
        $"[[arm]]\nname = \"{name}\"{(from is null ? "" : $"\ninit = {{ from = \"{from}\" }}")}";

    [Fact]
    public void Each_arm_comes_as_early_as_it_can_in_any_order_of_the_file()
    {
        string[] arms = [Arm("a"), Arm("b", "a"), Arm("c", "b"), Arm("d", "a"), Arm("e")];
        var random = new Random(3);
        for (var i = 0; i < 4; i++)
        {
            using var experiment = Load(arms);
            Assert.Equal(["a e", "b d", "c"], experiment.Phases.Select(phase => string.Join(' ', phase.Order())));
            random.Shuffle(arms);
        }
    }

    [Fact]
    public void A_later_phase_changes_no_byte_of_an_earlier_one()
    {
        var both = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Rils + FromClip, TinyExperiment.Mae),
            null, null, Sets);
        var alone = tiny.Run(tiny.Write(TinyExperiment.Mae, TinyExperiment.Clip), null, null, Sets);
        foreach (var arm in (string[])["clip", "mae"])
        {
            Assert.Equal(TinyExperiment.Weights(alone, arm), TinyExperiment.Weights(both, arm));
            Assert.Equal(TinyExperiment.Metrics(alone, arm), TinyExperiment.Metrics(both, arm));
        }
        Assert.True(File.Exists(Path.Combine(both, "seed-0", "phase-2", "outcome.json")));
    }

    /// <summary>The run stops at every drain of metrics, in the first phase and in the second.</summary>
    [Fact]
    public void A_run_of_phases_that_is_stopped_again_and_again_ends_with_the_same_bytes()
    {
        var file = tiny.Write(TinyExperiment.Clip, TinyExperiment.Rils + FromClip, TinyExperiment.Retrieval);
        tiny.RunIn(tiny["whole"], file, null, null, CancellationToken.None, Sets);
        var sessions = 0;
        for (; !File.Exists(tiny["stopped/seed-0/phase-2/outcome.json"]); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            tiny.RunIn(tiny["stopped"], file, null, new CallbackSink(_ => stop.Cancel()), stop.Token, Sets);
        }
        Assert.True(sessions > 3, $"{sessions} sessions do not stop in both phases");
        foreach (var name in (string[])["seed-0/outcome.json", "seed-0/phase-2/outcome.json", "seed-0/metrics.jsonl",
            "seed-0/phase-2/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/rils/samples.json"])
            Assert.Equal(File.ReadAllBytes(tiny[$"whole/{name}"]), File.ReadAllBytes(tiny[$"stopped/{name}"]));
    }

    [Fact]
    public void What_is_read_of_a_finished_run_is_of_all_phases()
    {
        var folder = tiny.Run(tiny.Write(TinyExperiment.Rils + FromClip, TinyExperiment.Clip, TinyExperiment.Retrieval),
            null, null, Sets);
        var run = FinishedRun.Read(folder);
        Assert.Equal(["rils", "clip"], run.Outcomes.Select(outcome => outcome.Arm));
        Assert.Equal(40, run.Metrics(0).Count);
        Assert.All(run.Outcomes, outcome => Assert.NotEmpty(run.Samples(outcome).Heads));
        File.Delete(Path.Combine(folder, "seed-0", "phase-2", "outcome.json"));
        Assert.Contains("is not finished: seed 0",
            Assert.Throws<InvalidDataException>(() => FinishedRun.Read(folder)).Message);
    }

    [Fact]
    public void An_arm_whose_source_stops_early_stops_too_and_others_go_on()
    {
        string[] fails = [.. Sets, "arm.clip.schedule.learning_rate=1e30"];
        var outcomes = tiny.RunIn(tiny["run"],
            tiny.Write(TinyExperiment.Clip, TinyExperiment.Rils + FromClip, TinyExperiment.Mae),
            null, null, CancellationToken.None, fails);
        Assert.Equal(["clip", "rils", "mae"], outcomes.Select(outcome => outcome.Arm));
        Assert.NotNull(outcomes[0].Failure);
        Assert.Equal("arm clip, whose weights it takes, stopped early", outcomes[1].Failure);
        Assert.Null(outcomes[2].Failure);
    }

    Experiment Load(params string[] arms) =>
        new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance).Load(tiny.Write(arms), []);

    public void Dispose() => tiny.Dispose();
}
