using System.Text.Json.Nodes;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Contract;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A head that throws costs its own result: not the arm, not the other heads, not the weights.</summary>
public sealed class FailingHeadTests : IDisposable
{
    static readonly string data =
        $"{Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini")}/val-*.tar";
    static readonly string twin = TinyExperiment.Clip.Replace("\"clip\"", "\"twin\"")
        + "\noptimizer = { weight_decay = 0.3 }";
    static readonly string head = $"[[head]]\nkind = \"strange\"\nname = \"bad\"\ndata = \"{data}\"\nevery = 10";

    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    /// <summary>Throws in one of its calls for one arm, while <c>isDue</c> holds.</summary>
    sealed class Bad(string call, string arm, Func<bool> isDue) : IHead
    {
        public bool CanEvaluate(ArmModel model) => Try("CanEvaluate", true);

        public void Begin(ArmModel model) => Try("Begin", 0);

        public void Add(EvaluationBatch batch) => Try("Add", 0);

        public HeadResult Finish() =>
            Try("Finish", call == "null" ? null!
            : new HeadResult(new Dictionary<string, HeadMetric>
            {
                ["found"] = new(call == "NaN" && arm == "clip" ? double.NaN : 1),
            }));

        T Try<T>(string now, T value) => now == call && arm == "clip" && isDue()
            ? throw new InvalidOperationException($"the head's own {call}") : value;
    }

    static Action<IRilsBuilder> Head(string call, Func<bool>? isDue = null) =>
        rils =>
            rils.Head<StrangePlugin.None>("strange", (_, context) => call == "make" && context.Arm == "clip"
            ? throw new ArgumentException("the head's own make") : new Bad(call, context.Arm, isDue ?? (() => true)));

    IReadOnlyList<ArmOutcome> Run(string folder, Action<IRilsBuilder> configure, string file, params string[] sets) =>
        strange.Run(folder, configure, file, null, default, ["steps=20", .. sets]);

    [Theory]
    [InlineData("make", "the head's own make")]
    [InlineData("CanEvaluate", "the head's own CanEvaluate")]
    [InlineData("Begin", "the head's own Begin")]
    [InlineData("Add", "the head's own Add")]
    [InlineData("Finish", "the head's own Finish")]
    [InlineData("NaN", "head bad gives NaN for found, which is no number")]
    public void It_costs_its_own_result_of_that_arm(string call, string says)
    {
        var arms = (string[])[TinyExperiment.Clip, twin];
        var outcomes = Run("failed", Head(call), strange.Tiny.Write([.. arms, head, TinyExperiment.Retrieval]));
        Run("sound", _ => { }, strange.Tiny.Write([.. arms, TinyExperiment.Retrieval]));
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        var (clip, other) = (outcomes[0], outcomes[1]);
        Assert.True(clip.HasFailed());
        Assert.False(other.HasFailed());
        Assert.Equal([0, 10, 20], clip.FailedHeads().Select(failed => failed.Step));
        Assert.All(clip.FailedHeads(), failed => Assert.Contains(says, failed.Failure));
        Assert.All(clip.FailedHeads(), failed => Assert.Empty(failed.Metrics));
        Assert.Equal(3, other.Heads.Count(found => found.Head == "bad" && found.Metrics["found"].Value == 1));
        // Weights and the results of the other head are those of a run without the failing head.
        foreach (var arm in (string[])["clip", "twin"])
            Assert.Equal(TinyExperiment.Weights(strange.Tiny["sound"], arm),
                TinyExperiment.Weights(strange.Tiny["failed"], arm));
        string[] Retrieved(string run) =>
            [.. JsonNode.Parse(File.ReadAllText(strange.Tiny[$"{run}/seed-0/outcome.json"]))!["arms"]!.AsArray()
            .SelectMany(arm => arm!["heads"]!.AsArray())
            .Where(found => found!["head"]!.GetValue<string>() == "retrieval").Select(found => found!.ToJsonString())];
        Assert.Equal(Retrieved("sound"), Retrieved("failed"));
        Assert.Contains($"head bad failed at step 20: ",
            File.ReadAllText(strange.Tiny["failed/seed-0/clip/error.log"]));
        Assert.False(File.Exists(strange.Tiny["failed/seed-0/twin/error.log"]));
    }

    [Fact]
    public void A_head_without_a_result_is_told() => Assert.Equal(
        "head bad gives no result",
            Assert.Single(Run("null", Head("null"),
            strange.Tiny.Write(TinyExperiment.Clip, head.Replace("\nevery = 10", "")), "steps=3")).Heads[^1].Failure);

    /// <summary>The cause is libtorch's first line; libtorch's stack is for the log.</summary>
    [Fact]
    public void Native_frames_are_no_part_of_the_cause()
    {
        var outcome = Assert.Single(Run("native",
            rils => rils.Head<StrangePlugin.None>("strange", (_, _) => new Native()),
            strange.Tiny.Write(TinyExperiment.Clip, head), "steps=3"));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 5x4)", outcome.Heads[^1].Failure);
    }

    sealed class Native : IHead
    {
        public void Begin(ArmModel model) => nn.functional.linear(ones(2, 3), ones(4, 5));

        public void Add(EvaluationBatch batch) { }

        public HeadResult Finish() => new(new Dictionary<string, HeadMetric>());
    }

    /// <summary>A failure is a result. A run that goes on from the checkpoint has it, and does not make it a second
    /// time.</summary>
    [Fact]
    public void It_is_in_checkpoints_and_a_resumed_run_ends_alike()
    {
        var file = strange.Tiny.Write(TinyExperiment.Clip, twin, head, TinyExperiment.Retrieval);
        Run("whole", Head("Finish"), file, "checkpoint.every=7");
        using var stop = new CancellationTokenSource();
        Assert.Empty(strange.Run("stopped", Head("Finish"), file, new CallbackSink(step =>
        {
            if (step >= 14) stop.Cancel();
        }), stop.Token, "steps=20", "checkpoint.every=7"));
        Run("stopped", Head("Finish"), file, "checkpoint.every=7");
        foreach (var name in (string[])["seed-0/outcome.json", "seed-0/metrics.jsonl",
            "seed-0/clip/samples.json"])
            Assert.Equal(File.ReadAllText(strange.Tiny[$"whole/{name}"]),
                File.ReadAllText(strange.Tiny[$"stopped/{name}"]));
        // A finished run is left as it is.
        var before = File.GetLastWriteTimeUtc(strange.Tiny["stopped/seed-0/outcome.json"]);
        Assert.True(Run("stopped", Head("Finish"), file, "checkpoint.every=7")[0].HasFailed());
        Assert.Equal(before, File.GetLastWriteTimeUtc(strange.Tiny["stopped/seed-0/outcome.json"]));
    }

    [Fact]
    public void Compare_and_report_leave_the_arm_out_of_that_heads_figures_and_say_so()
    {
        Run("failed", Head("Finish"), strange.Tiny.Write(TinyExperiment.Clip, twin, head, TinyExperiment.Retrieval));
        var comparison = Comparer.Compare([strange.Tiny["failed"]], new());
        Assert.Contains(comparison.Notes, note =>
            note == "head bad failed on arm clip for seed 0, "
                + "so that arm is left out of its figures: the head's own Finish");
        Assert.Equal(["twin"], comparison.Metrics.Single(metric => metric.Head == "bad").Arms.Select(arm => arm.Arm));
        Assert.All(comparison.Metrics.Where(metric => metric.Head == "retrieval"),
            metric => Assert.Equal(["clip", "twin"], metric.Arms.Select(arm => arm.Arm)));
        var html = RunReport.Of(FinishedRun.Read(strange.Tiny["failed"]), new Schedule(null, ["not planned"]));
        Assert.Contains("<strong>Head bad failed on arm clip</strong> at step 20 (seed 0): the head&#39;s own Finish",
            html.Replace("&apos;", "&#39;").Replace("'", "&#39;"));
    }

    [Fact]
    public void Where_the_only_head_failed_nothing_is_compared_and_the_reason_is_said()
    {
        Run("failed", rils => rils.Head<StrangePlugin.None>("strange", (_, _) => new Bad("Begin", "clip", () => true)),
            strange.Tiny.Write(TinyExperiment.Clip, twin, head));
        var refused = Assert.Throws<InvalidDataException>(() => Comparer.Compare([strange.Tiny["failed"]], new()));
        Assert.StartsWith("nothing can be compared: head bad failed on arm clip for seed 0", refused.Message);
    }

    /// <summary>Only the first evaluation fails, and the last one is compared.</summary>
    [Fact]
    public void A_failure_before_the_last_evaluation_costs_that_one_alone()
    {
        var calls = 0;
        var outcomes = Run("once", Head("Finish", () => calls++ == 0),
            strange.Tiny.Write(TinyExperiment.Clip, twin, head));
        Assert.Equal([0], outcomes[0].FailedHeads().Select(failed => failed.Step));
        var comparison = Comparer.Compare([strange.Tiny["once"]], new());
        Assert.Empty(comparison.Notes);
        Assert.Equal(["clip", "twin"], Assert.Single(comparison.Metrics).Arms.Select(arm => arm.Arm));
    }

    /// <summary>Retrieval needs text, so it does not evaluate an arm without text.</summary>
    [Fact]
    public void An_arm_that_no_head_evaluates_is_said_to_be_in_no_figure()
    {
        Run("unjudged", _ => { },
            strange.Tiny.Write(TinyExperiment.Clip, twin, TinyExperiment.Mae, TinyExperiment.Retrieval));
        var comparison = Comparer.Compare([strange.Tiny["unjudged"]], new());
        Assert.Contains("arm mae is in no figure: no head evaluates it", comparison.Notes);
        Assert.All(comparison.Metrics, metric => Assert.Equal(["clip", "twin"], metric.Arms.Select(arm => arm.Arm)));
    }
}
