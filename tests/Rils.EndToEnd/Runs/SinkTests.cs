using Microsoft.Extensions.Logging;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Execution;
using Rils.Engine.Sweeps;
using Rils.Runs;
using Rils.Tests.Contracts;

namespace Rils.Tests.Engine.Runs;

/// <summary>All sinks of a run hear of its events. A sink that fails is left out, but the run's own record ends the
/// run.</summary>
public sealed class SinkTests : IDisposable
{
    static readonly string lit = TinyExperiment.Clip.Replace("\"clip\"", "\"lit\"") + "\ninit = { from = \"clip\" }";

    readonly StrangeExperiment strange = new();
    readonly Logged<ExperimentRun> log = new(LogLevel.Information);

    public void Dispose() => strange.Dispose();

    /// <summary>Registers a kind of sink that calls back at each event.</summary>
    static Action<IRilsBuilder> Kind(Action<RunEvent> receive, Action? dispose = null) =>
        rils => rils.Sink<StrangePlugin.None>("strange", (_, _) => new Sink(receive, dispose));

    sealed class Sink(Action<RunEvent> receive, Action? dispose) : ISink
    {
        public void Receive(RunEvent happened) => receive(happened);

        public void Dispose() => dispose?.Invoke();
    }

    const string Table = "[[sink]]\nkind = \"strange\"";

    IReadOnlyList<ArmOutcome> Run(string folder, Action<IRilsBuilder> configure, string file,
        CancellationToken cancellation = default, params string[] sets)
    {
        var (experiment, plugins) = strange.Load(configure, file, ["steps=24", "checkpoint.every=12", .. sets]);
        using (experiment)
        using (var run = Directory.Exists(strange.Tiny[folder])
            ? RunFolder.Open(strange.Tiny[folder]) : RunFolder.Create(strange.Tiny[folder]))
            return TestRun.Of(experiment, plugins, run, null, cancellation, log);
    }

    [Fact]
    public void It_hears_of_phases_steps_evaluations_pictures_checkpoints_and_the_end()
    {
        List<RunEvent> heard = [];
        var file = strange.Tiny.Write(TinyExperiment.Clip, lit, TinyExperiment.Rils, TinyExperiment.Retrieval, Table);
        Assert.All(Run("run", Kind(heard.Add), file, default, "seeds=[3, 4]"), outcome => Assert.Null(outcome.Failure));
        var folder = strange.Tiny["run"];
        Assert.Equal(
            [(3L, 1, Path.Combine(folder, "seed-3")), (3, 2, Path.Combine(folder, "seed-3", "phase-2")),
                (4, 1, Path.Combine(folder, "seed-4")), (4, 2, Path.Combine(folder, "seed-4", "phase-2"))],
            Of<PhaseStarted>().Select(started => (started.Seed, started.Phase, started.Folder)));
        Assert.Equal(["clip", "rils"], Of<PhaseStarted>()[0].Arms);
        Assert.All(Of<PhaseStarted>(), started => Assert.Equal((0L, 24L, 0, 0),
            (started.FirstStep, started.Steps, started.Earlier.Count, started.Evaluated.Count)));
        Assert.Equal(["lit", "lit"], Of<WeightsTaken>().Select(taken => taken.Arm));
        // Two seeds train 24 steps each, with two arms in the first phase and one in the second.
        Assert.Equal(2 * 24 * 3, Of<StepsTrained>().Sum(trained => trained.Rows.Count));
        Assert.All(Of<StepsTrained>(), trained => Assert.True(trained.Rows.Zip(trained.Rows.Skip(1)).All(pair =>
            (pair.First.Step, pair.First.Arm).CompareTo((pair.Second.Step, pair.Second.Arm)) < 0)));
        Assert.Equal([0L, 10, 20, 24],
            Of<EvaluationStarted>().Where(begun => begun is { Seed: 3, Phase: 1 }).Select(begun => begun.Step));
        Assert.Equal(2 * 4 * 3, Of<HeadEvaluated>().Length);
        Assert.All(Of<CheckpointWritten>(), written => Assert.Equal(12, written.Step));
        Assert.Equal(4, Of<CheckpointWritten>().Length);
        var pictures = Of<PicturesWritten>().Single(written => written is { Seed: 4, Arm: "rils" });
        Assert.NotEmpty(pictures.Files);
        Assert.All(pictures.Files, picture => Assert.True(File.Exists(picture)));
        Assert.Equal(new RunEnded(folder, RunEnding.Finished), heard[^1]);
        Assert.Single(Of<RunEnded>());
        // The log has the same events but the single steps.
        Assert.Contains(log.Lines, line => line.StartsWith("Seed 4, phase 2: arms lit, from step 0 to 24"));
        Assert.Contains(log.Lines, line => line.StartsWith("Seed 3, phase 1, step 12: checkpoint "));

        T[] Of<T>() => [.. heard.OfType<T>()];
    }

    /// <summary>The first event of a resumed run holds all earlier rows and results, so that a sink can write its file
    /// anew without a gap.</summary>
    [Fact]
    public void A_resumed_run_tells_the_step_and_what_was_before()
    {
        List<RunEvent> whole = [], stopped = [], resumed = [];
        var file = strange.Tiny.Write(TinyExperiment.Clip, TinyExperiment.Retrieval, Table);
        Run("whole", Kind(whole.Add), file);
        using var stop = new CancellationTokenSource();
        Assert.Empty(Run("run", Kind(happened =>
        {
            stopped.Add(happened);
            if (happened is StepsTrained { Step: > 12 }) stop.Cancel();
        }), file, stop.Token));
        Assert.Equal(new RunEnded(strange.Tiny["run"], RunEnding.Stopped), stopped[^1]);
        Run("run", Kind(resumed.Add), file);
        var started = Assert.IsType<PhaseStarted>(resumed[0]);
        Assert.Equal(stopped.OfType<CheckpointWritten>().Last().Step, started.FirstStep);
        Assert.Equal(Rows(stopped), Lines(started.Earlier));
        Assert.Equal(Rows(whole), Rows(stopped).Concat(Rows(resumed)));
        Assert.Equal(Steps(whole), started.Evaluated.Select(outcome => outcome.Step).Concat(Steps(resumed)));

        static string[] Rows(List<RunEvent> heard) => Lines(heard.OfType<StepsTrained>().SelectMany(one => one.Rows));
        static string[] Lines(IEnumerable<MetricRow> rows) =>
            [.. rows.Select(row => $"{row.Step} {row.Arm} {string.Join(' ', row.Values)}")];
        static long[] Steps(List<RunEvent> heard) =>
            [.. heard.OfType<HeadEvaluated>().Select(one => one.Outcome.Step)];
    }

    [Fact]
    public void One_that_throws_is_reported_once_and_left_out_and_costs_no_byte()
    {
        var (file, without) = (strange.Tiny.Write(TinyExperiment.Clip, Table), strange.Tiny.Write(TinyExperiment.Clip));
        Run("whole", Kind(_ => { }), without);
        var (calls, disposed) = (0, 0);
        Run("run", Kind(happened =>
        {
            calls++;
            if (happened is StepsTrained) throw new InvalidOperationException("the tracker is down");
        }, () => disposed++), file);
        Assert.Equal(2, calls);
        // The engine makes one sink to check the options and one for the run.
        Assert.Equal(2, disposed);
        Assert.Equal("sink strange failed and is left out, the run goes on: the tracker is down",
            Assert.Single(log.Lines, line => line.Contains("left out")));
        foreach (var name in (string[])["seed-0/outcome.json", "seed-0/metrics.jsonl", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(strange.Tiny[$"whole/{name}"]),
                File.ReadAllBytes(strange.Tiny[$"run/{name}"]));
    }

    [Fact]
    public void TensorBoard_that_cannot_be_written_is_left_out_and_metrics_end_the_run()
    {
        var file = strange.Tiny.Write(TinyExperiment.Clip, lit, Table);
        Action<IRilsBuilder> InFirstPhase(string run, Action<string> spoil) => Kind(happened =>
        {
            if (happened is PhaseStarted { Phase: 1 })
                spoil(Directory.CreateDirectory(strange.Tiny[$"{run}/seed-0/phase-2"]).FullName);
        });
        Run("run", InFirstPhase("run", folder => File.WriteAllText(Path.Combine(folder, "tensorboard"), "no folder")),
            file);
        Assert.StartsWith("TensorBoard failed and is left out, the run goes on: ",
            Assert.Single(log.Lines, line => line.Contains("left out")));
        Assert.True(File.Exists(strange.Tiny["run/seed-0/phase-2/outcome.json"]));
        Assert.ThrowsAny<Exception>(() => Run("spoilt",
            InFirstPhase("spoilt", folder => Directory.CreateDirectory(Path.Combine(folder, "metrics.jsonl"))), file));
        Assert.False(File.Exists(strange.Tiny["spoilt/seed-0/phase-2/outcome.json"]));
    }

    /// <summary>A sink changes nothing that is trained: a run goes on with another sink, and a sweep keeps its
    /// folders.</summary>
    [Fact]
    public void Another_sink_is_no_other_experiment()
    {
        var (with, without) = (strange.Tiny.Write(TinyExperiment.Clip, Table), strange.Tiny.Write(TinyExperiment.Clip));
        Run("run", Kind(_ => { }), without);
        var (experiment, plugins) = strange.Load(Kind(_ => { }), with, "steps=24", "checkpoint.every=12");
        using var plain = strange.Load(Kind(_ => { }), without, "steps=24", "checkpoint.every=12").Experiment;
        using (experiment)
        {
            Assert.DoesNotContain(ResumeCheck.Of(strange.Tiny["run"], experiment, plugins, "cpu").Obstacles,
                difference => difference.What.StartsWith("sink", StringComparison.Ordinal));
            string Key(Rils.Engine.Composition.Experiment one) =>
                RunKey.Of(one.Tree, one.Settings, "cpu");
            // Both files name the experiment <c>tiny</c>, so the two trees differ in the sink alone.
            Assert.Equal(Key(plain), Key(experiment));
        }
    }

    [Theory]
    [InlineData("[[sink]]\nkind = \"stranger\"", "unknown kind `stranger` in [[sink]]; did you mean `strange`?")]
    [InlineData("[[sink]]\nkind = \"strange\"\nfiel = 1", "unknown key `fiel` in [[sink]]")]
    [InlineData("[[sink]]\nkind = \"strange\"\n[[sink]]\nkind = \"strange\"", "[[sink]]: two are called `strange`")]
    [InlineData("[sink]\nkind = \"strange\"", "`sink` is a list of tables")]
    public void A_mistake_in_its_table_is_reported_with_its_place(string table, string message)
    {
        var mistake = Assert.Throws<ExperimentException>(() =>
            strange.Load(Kind(_ => { }), strange.Tiny.Write(TinyExperiment.Clip, table)).Experiment.Dispose());
        Assert.Contains(mistake.Problems, problem => problem.Message.StartsWith(message, StringComparison.Ordinal));
    }
}
