using Rils.Contract;
using Rils.Engine.Execution;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>Modules with batch norm. The running statistics are State, move in training passes alone, and go wherever
/// the weights go.</summary>
public sealed class BatchNormTests : IDisposable
{
    const string Normed = "backbone = { kind = \"normed\" }";
    const string Clip = $"[[arm]]\nname = \"clip\"\n{Normed}";
    const string Decoded = "masking = { kind = \"random\" }\ndecoder = { kind = \"mae\", width = 8 }";
    const string Rils = $"[[arm]]\nname = \"rils\"\n{Normed}\n{Decoded}\ntarget = {{ kind = \"language\" }}";
    const string Ema = $"[[arm]]\nname = \"ema\"\n{Normed}\n"
        + $"{Decoded}\ntarget = {{ kind = \"features\" }}\nteacher = {{ kind = \"ema\", momentum = 0.9 }}";
    const string Mean = "visual.norm.running_mean", Count = "visual.norm.num_batches_tracked";

    readonly StrangeExperiment strange = new();
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        strange.Dispose();
    }

    static void Configure(IRilsBuilder rils) =>
        rils.Backbone<NormedOptions, NormedBackbone>(
            "normed", static (options, context) => new NormedBackbone(options, context));

    IReadOnlyList<ArmOutcome> Run(string folder, string file, params string[] sets) =>
        Run(folder, file, null, default, sets);

    IReadOnlyList<ArmOutcome> Run(string folder, string file, ISink? sink, CancellationToken cancellation,
        params string[] sets)
    {
        var outcomes = strange.Run(folder, Configure, file, sink, cancellation,
            ["steps=24", "checkpoint.every=7", .. sets]);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        return outcomes;
    }

    Dictionary<string, Tensor> Weights(string folder, string arm) =>
        SafeTensors.Read(Path.Combine(strange.Tiny[folder], "seed-0", arm, "model.safetensors"));

    [Fact]
    public void Stopped_and_resumed_it_ends_with_the_same_bytes()
    {
        var file = strange.Tiny.Write(Clip, Rils, Ema, TinyExperiment.Retrieval);
        Run("whole", file);
        for (var sessions = 0; !File.Exists(strange.Tiny["stopped/seed-0/outcome.json"]); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            Run("stopped", file, new CallbackSink(_ => stop.Cancel()), stop.Token);
        }
        foreach (var arm in (string[])["clip", "rils", "ema"])
            Assert.Equal(TinyExperiment.Weights(strange.Tiny["whole"], arm),
                TinyExperiment.Weights(strange.Tiny["stopped"], arm));
        foreach (var name in (string[])["seed-0/outcome.json", "seed-0/metrics.jsonl"])
            Assert.Equal(File.ReadAllText(strange.Tiny[$"whole/{name}"]),
                File.ReadAllText(strange.Tiny[$"stopped/{name}"]));
        string[] Last(string run) =>
            [.. Directory.GetDirectories(strange.Tiny[$"{run}/seed-0/checkpoints"]).Order(StringComparer.Ordinal)];
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Last("whole")[^1], "ema.safetensors")),
            File.ReadAllBytes(Path.Combine(strange.Tiny["stopped/seed-0/checkpoints"],
                Path.GetFileName(Last("whole")[^1]), "ema.safetensors")));
    }

    /// <summary>One training pass of each step moves the statistics, whatever is evaluated in between; in a RILS arm
    /// the masked pass moves them too.</summary>
    [Fact]
    public void Evaluations_leave_weights_and_statistics_alone()
    {
        Run("judged", strange.Tiny.Write(Clip, TinyExperiment.Retrieval));
        Run("alone", strange.Tiny.Write(Clip));
        Assert.Equal(TinyExperiment.Weights(strange.Tiny["alone"], "clip"),
            TinyExperiment.Weights(strange.Tiny["judged"], "clip"));
        Assert.Equal(24, Weights("judged", "clip")[Count].item<long>());
        Assert.NotEqual(0, Weights("judged", "clip")[Mean].abs().sum().item<float>());
    }

    /// <summary>Running statistics make the feature of a sample independent of the rest of its batch.</summary>
    [Fact]
    public void An_evaluation_takes_the_running_statistics()
    {
        var file = strange.Tiny.Write(Clip, TinyExperiment.Retrieval);
        double[] Before(string folder, int batch) =>
            [.. Run(folder, file, $"data.batch={batch}").Single().Heads
                .First(head => head.Step == 0).Metrics.Values.Select(metric => metric.Value)];
        Assert.Equal(Before("many", 64), Before("few", 4));
    }

    [Fact]
    public void All_layers_are_in_evaluation_mode_in_every_call_of_a_head()
    {
        var seen = new List<bool>();
        strange.Run("seen", rils =>
        {
            Configure(rils);
            rils.Head<StrangePlugin.None>("strange", (_, _) => new ModeHead(seen));
        }, strange.Tiny.Write(Clip, $"[[head]]\nkind = \"strange\"\nname = \"mode\"\ndata = \"{Data}\""), null, default,
            "steps=3");
        Assert.NotEmpty(seen);
        Assert.All(seen, Assert.False);
    }

    static string Data => $"{Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini")}/val-*.tar";

    /// <summary>Notes in each call whether each layer is in training mode.</summary>
    sealed class ModeHead(List<bool> seen) : IHead
    {
        ArmModel? model;

        public void Begin(ArmModel given)
        {
            model = given;
            Note();
        }

        public void Add(EvaluationBatch batch) => Note();

        public HeadResult Finish()
        {
            Note();
            return new(new Dictionary<string, HeadMetric>());
        }

        void Note() =>
            seen.AddRange(model!.Backbone.modules().Prepend(model.Backbone).Concat(model.Text!.modules())
            .Select(layer => layer.training));
    }

    [Fact]
    public void An_arm_beside_it_has_the_bits_that_it_has_alone()
    {
        Run("both", strange.Tiny.Write(Clip, TinyExperiment.Mae));
        Run("alone", strange.Tiny.Write(TinyExperiment.Mae));
        Run("normed", strange.Tiny.Write(Clip));
        Assert.Equal(TinyExperiment.Weights(strange.Tiny["alone"], "mae"),
            TinyExperiment.Weights(strange.Tiny["both"], "mae"));
        Assert.Equal(TinyExperiment.Weights(strange.Tiny["normed"], "clip"),
            TinyExperiment.Weights(strange.Tiny["both"], "clip"));
    }

    [Fact]
    public void A_later_phase_takes_the_statistics_and_a_frozen_part_keeps_them()
    {
        var tuned = $"[[arm]]\nname = \"tuned\"\n{Normed}\ninit = {{ from = \"clip\" }}";
        var frozen = $"[[arm]]\nname = \"frozen\"\n{Normed}\n"
            + $"init = {{ from = \"clip\", parts = [\"backbone\"], freeze = [\"backbone\"] }}";
        Run("phases", strange.Tiny.Write(Clip, tuned, frozen, TinyExperiment.Retrieval));
        var (source, kept, moved) =
            (Weights("phases", "clip"), Weights("phases", "frozen"), Weights("phases", "tuned"));
        Assert.All(source.Keys.Where(name => name.StartsWith("visual.", StringComparison.Ordinal)),
            name => Assert.True(source[name].Equals(kept[name]), name));
        Assert.Equal(2 * source[Count].item<long>(), moved[Count].item<long>());
    }

    /// <summary>A frozen teacher keeps the statistics of its training; a teacher that follows the student has the
    /// student's.</summary>
    [Fact]
    public void Teachers_pass_with_statistics_of_their_own_and_move_none()
    {
        var taught = $"[[arm]]\nname = \"taught\"\n{Normed}\n{Decoded}\ntarget = {{ kind = \"features\" }}\n"
            + $"teacher = {{ kind = \"frozen\", from = \"clip\" }}\nobjective = \"none\"";
        Run("taught", strange.Tiny.Write(Clip, taught, Ema));
        var held = SafeTensors.Read(Path.Combine(Directory.GetDirectories(strange.Tiny["taught/seed-0/checkpoints"])
            .Order(StringComparer.Ordinal).Last(), "ema.safetensors"));
        Assert.True(held[$"Weights/{Mean}"].Equals(held["TeacherWeights/norm.running_mean"]));
        Assert.Equal(held[$"Weights/{Count}"].item<long>(),
            held["TeacherWeights/norm.num_batches_tracked"].item<long>());
        // The masked pass of each step moves the statistics once; the teacher's pass moves none.
        Assert.Equal(24, Weights("taught", "taught")[Count].item<long>());
    }

    [Theory]
    [InlineData("data.chunk=4", "chunk = 4", "parts of it, each twice")]
    [InlineData("arm.clip.backbone.recompute=true", "recompute = true", "it twice")]
    public void In_parts_or_twice_it_is_refused_before_training(string set, string how, string seen)
    {
        var refusal = strange.Refusal(Configure, Clip, set);
        Assert.Contains($"--set {set}: [backbone] of arm clip (plugin Strange): "
            + $"norm (BatchNorm1d) takes its statistics from the whole batch, and under {how} it would see {seen}: "
            + $"drop {how}, or take a norm of single samples (LayerNorm, GroupNorm)", refusal);
    }

    [Fact]
    public void A_block_that_runs_again_without_saying_so_is_told_in_the_first_step()
    {
        var failure = strange.Failure(Configure, Clip, "arm.clip.backbone.hidden=true");
        Assert.StartsWith("backward of arm clip failed at step 0: the backward pass moved visual.norm.", failure);
        Assert.Contains("a block that runs again there (ActivationCheckpoint) must change nothing, "
            + "and batch norm changes its statistics", failure);
    }

    /// <summary>A chunk that is as large as the batch cuts nothing.</summary>
    [Fact]
    public void A_chunk_of_the_whole_batch_is_no_matter() => Run("whole", strange.Tiny.Write(Clip), "data.chunk=12");

    /// <summary>In evaluation mode the module reads its running statistics instead of the batch's, so a batch may be
    /// cut.</summary>
    [Fact]
    public void A_module_of_a_plugins_own_system_is_refused_where_it_is_cut()
    {
        using var module = nn.Sequential(("norm", nn.BatchNorm1d(3)));
        Tensor Encode() =>
            new BatchParts(2, 2).Encode(module, parts => module.forward(parts[0]), ones(6, 3));
        Assert.Contains("norm (BatchNorm1d) takes its statistics from the whole batch, and under chunk = 2",
            Assert.Throws<ContractException>(Encode).Message);
        module.eval();
        Assert.Equal([6, 3], Encode().shape);
    }
}
