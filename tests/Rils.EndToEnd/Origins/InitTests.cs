using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>Arms that start from trained weights, and LiT, which leaves the backbone as it was taken: whole runs on
/// real images.</summary>
public abstract class InitTests(WholeRuns runs, string precision) : IClassFixture<WholeRuns>, IDisposable
{
    static readonly string[] Sets = ["steps=20", "checkpoint.every=7"];
    static readonly string Lit = Arm("lit", "from = \"mae\", parts = [\"backbone\"], freeze = [\"backbone\"]");

    readonly TinyExperiment tiny = new(precision);
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        tiny.Dispose();
    }

    static string Arm(string name, string init) => $"[[arm]]\nname = \"{name}\"\ninit = {{ {init} }}";

    [Fact]
    public void Weights_of_an_arm_are_those_of_its_file_to_the_byte()
    {
        var mae = tiny.Run(tiny.Write(TinyExperiment.Mae, Lit), sets: Sets);
        var path = Path.Combine(mae, "seed-0", "mae", "model.safetensors");
        var byPath = tiny.Run(tiny.Write(Lit.Replace("from = \"mae\"", $"path = \"{path}\"")), sets: Sets);
        var byRun = tiny.Run(tiny.Write(Lit.Replace("from = \"mae\"", $"from = \"mae\", run = \"{mae}\"")), sets: Sets);
        foreach (var other in (string[])[byPath, byRun])
        {
            Assert.Equal(TinyExperiment.Weights(mae, "lit"), TinyExperiment.Weights(other, "lit"));
            Assert.Equal(File.ReadAllLines(Path.Combine(mae, "seed-0", "phase-2", "metrics.jsonl")),
                TinyExperiment.Metrics(other, "lit"));
        }
    }

    [Fact]
    public void A_frozen_backbone_keeps_every_bit_while_the_rest_is_trained()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Mae,
            Lit, TinyExperiment.Clip, Arm("tuned", "from = \"mae\", parts = [\"backbone\"]")), sets: Sets);
        var (mae, lit, clip, tuned) = (Read(run, "mae"), Read(run, "lit"), Read(run, "clip"), Read(run, "tuned"));
        Assert.Equal(clip.Keys.Order(), lit.Keys.Order());
        foreach (var name in lit.Keys.Where(name => name.StartsWith("visual.")))
        {
            Assert.True(mae[name].bytes.SequenceEqual(lit[name].bytes), name);
            Assert.True(name.EndsWith("pos_embed") || !mae[name].bytes.SequenceEqual(tuned[name].bytes), name);
        }
        Assert.All(lit.Keys.Where(name => !name.StartsWith("visual.")),
            name => Assert.False(clip[name].bytes.SequenceEqual(lit[name].bytes), name));
    }

    [Fact]
    public void The_folder_of_the_arm_tells_what_was_taken()
    {
        List<(string Arm, IReadOnlyList<string> Taken)> heard = [];
        var run = tiny.Run(tiny.Write(TinyExperiment.Mae, Lit),
            sink: new CallbackSink(taken: (arm, taken) => heard.Add((arm, taken))), sets: ["steps=3"]);
        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "seed-0", "lit", "init.json"))).RootElement;
        Assert.Equal("arm mae", json.GetProperty("title").GetString());
        string[] Names(string key) => [.. json.GetProperty(key).EnumerateArray().Select(name => name.GetString()!)];
        Assert.Equal(["backbone"], Names("parts"));
        Assert.Equal(["backbone"], Names("frozen"));
        Assert.Empty(Names("missing"));
        var backbone = Read(run, "lit").Keys.Where(name => name.StartsWith("visual.")).Order(StringComparer.Ordinal);
        Assert.Equal(backbone,
            json.GetProperty("taken").EnumerateArray().Select(tensor => tensor.GetProperty("name").GetString()));
        Assert.Equal(Read(run, "mae").Keys.Except(backbone).Order(StringComparer.Ordinal), Names("left"));
        var (arm, taken) = Assert.Single(heard);
        Assert.Equal("lit", arm);
        Assert.Equal("32 tensors from arm mae (backbone, frozen: backbone): 32 as they are, "
            + "0 renamed; left 32: visual.decoder_blocks.*, visual.decoder_embed.*, visual.decoder_norm.*, "
            + "visual.decoder_pos_embed, visual.decoder_pred.*, visual.mask_token; missing 0", Assert.Single(taken));
    }

    [Fact]
    public void The_order_of_arms_changes_no_byte()
    {
        var (forward, backward) = (tiny.Run(tiny.Write(TinyExperiment.Mae, Lit, TinyExperiment.Clip)),
            tiny.Run(tiny.Write(TinyExperiment.Clip, Lit, TinyExperiment.Mae)));
        foreach (var arm in (string[])["lit", "mae", "clip"])
            Assert.Equal(TinyExperiment.Weights(forward, arm), TinyExperiment.Weights(backward, arm));
    }

    [Theory]
    [InlineData]
    [InlineData("data.chunk=5", "backbone.recompute=true")]
    public void Stopped_again_and_again_it_ends_with_the_same_bytes(params string[] more)
    {
        var file = tiny.Write(TinyExperiment.Mae, Lit, Arm("all", "from = \"mae\""));
        string[] sets = [.. Sets, .. more];
        tiny.RunIn(tiny["whole"], file, null, null, CancellationToken.None, sets);
        for (var sessions = 0; !File.Exists(tiny["stopped/seed-0/phase-2/outcome.json"]); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            tiny.RunIn(tiny["stopped"], file, null, new CallbackSink(_ => stop.Cancel()), stop.Token, sets);
        }
        foreach (var name in (string[])["seed-0/outcome.json",
            "seed-0/phase-2/outcome.json", "seed-0/phase-2/metrics.jsonl",
            "seed-0/lit/model.safetensors", "seed-0/lit/init.json", "seed-0/all/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(tiny[$"whole/{name}"]), File.ReadAllBytes(tiny[$"stopped/{name}"]));
    }

    /// <summary>The arm that freezes nothing computes the gradients of its backbone too, in the passes that the golden
    /// data covers.</summary>
    [Theory]
    [InlineData]
    [InlineData("data.chunk=5")]
    [InlineData("data.chunk=5", "backbone.recompute=true")]
    public void The_gradients_of_what_is_trained_are_those_of_an_arm_that_freezes_nothing(params string[] sets)
    {
        var path = Trained();
        using var world = new OpenWorld(tiny.Write(
            Arm("lit", $"path = \"{path}\", parts = [\"backbone\"], freeze = [\"backbone\"]"),
            Arm("plain", $"path = \"{path}\", parts = [\"backbone\"]")), sets);
        world.Runner.Advance(1);
        Assert.Empty(world.Runner.Failures);
        var (lit, plain) = (world.Weights("lit"), world.Weights("plain"));
        foreach (var (name, parameter) in lit.Parameters)
            if (name.StartsWith("visual.")) Assert.Null(parameter.grad);
            else Assert.True(plain.Parameters[name].grad!.Equals(parameter.grad!), name);
        Assert.All(plain.Parameters.Values, parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void What_is_frozen_has_neither_gradients_nor_moments()
    {
        using var world = new OpenWorld(tiny.Write(Arm("lit",
            $"path = \"{Trained()}\", parts = [\"backbone\"], freeze = [\"backbone\"]"), TinyExperiment.Clip));
        var (lit, clip) = (world.Weights("lit"), world.Weights("clip"));
        var state = world.Runner.Find<OptimizerState>(world.Arm("lit"))!;
        Assert.Equal(2 * lit.Groups.Sum(group => group.Values.numel()) + lit.Groups.Count,
            state.Tensors.Values.Sum(tensor => tensor.numel()));
        Assert.Equal(clip.Groups.Sum(group => group.Values.numel()),
            lit.Groups.Sum(group => group.Values.numel()) + lit.Frozen!.Values.numel());
        Assert.Equal((0, clip.Count), (lit.Frozen.Gradient.numel(), lit.Count));
        Assert.Null(clip.Frozen);
        Assert.Equal(precision == "bf16", lit.Frozen.Bf16 is not null);
        if (lit.Frozen.Bf16 is { } rounded)
            Assert.True(lit.Frozen.Values.to_type(ScalarType.BFloat16).Equals(rounded));
        var (cost, whole) = (ArmCost.Of(world.Plan("lit"), world.Runner), ArmCost.Of(world.Plan("clip"), world.Runner));
        Assert.Equal((whole.Forward, whole.Training - 2 * whole.Passes.Single(pass => pass.Key == "images").Value),
            (cost.Forward, cost.Training));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", freeze = [\"backbone\"]")]
    public void A_teacher_that_is_a_moving_average_starts_from_the_taken_weights(string freeze)
    {
        var path = Trained();
        using var world = new OpenWorld(tiny.Write(TinyExperiment.Rils
            + $"\ninit = {{ path = \"{path}\", parts = [\"backbone\"]{freeze} }}\nteacher = {{ kind = \"ema\" }}"),
            "arm.rils.target.gate=soft");
        var teacher = world.Runner.States(world.Arm("rils"))
            .Single(state => state.Value.GetType().Name == "TeacherWeights");
        var held = ((ICheckpointed)teacher.Value).Tensors;
        var trained = SafeTensors.Read(path);
        Assert.Contains("norm.weight", held.Keys);
        Assert.All(held, tensor => Assert.True(trained[$"visual.{tensor.Key}"].Equals(tensor.Value), tensor.Key));
    }

    [Fact]
    public void A_module_that_a_plugin_adds_takes_its_own_with_its_statistics()
    {
        var slip = tiny.Run(tiny.Write(TinyExperiment.Slip));
        var file = Path.Combine(slip, "seed-0", "slip", "model.safetensors");
        using var world = new OpenWorld(tiny.Write(TinyExperiment.Slip.Replace("\n\n[data.views]",
            $"\ninit = {{ path = \"{file}\" }}\n\n[data.views]")));
        Assert.Contains("image_mlp", world.Runner.Find<TakenWeights>(world.Arm("slip"))!.Parts);
        var taken = world.Weights("slip").Tensors().ToDictionary();
        Assert.Equal(12, taken["image_mlp.bn1.num_batches_tracked"].item<long>());
        Assert.All(SafeTensors.Read(file), tensor => Assert.True(tensor.Value.Equals(taken[tensor.Key]), tensor.Key));
    }

    [Fact]
    public void Weights_of_another_width_are_told_before_the_arm_that_makes_them_is_trained()
    {
        var file = tiny.Write(TinyExperiment.Mae, Lit);
        var failure = Assert.Throws<SystemFailedException>(() => tiny.RunIn(tiny["wide"],
            file, null, null, CancellationToken.None, "arm.lit.backbone.width=32"));
        Assert.Equal(-1, failure.Step);
        Assert.Contains("visual.blocks.0.attn.proj.bias is [16] there and [32] here, ", failure.Message);
        Assert.False(Directory.Exists(tiny["wide/seed-0"]));
    }

    /// <summary>The path of weights that six steps have changed.</summary>
    string Trained() => Path.Combine(runs.Of(tiny.Write(TinyExperiment.Mae)), "seed-0", "mae", "model.safetensors");

    static Dictionary<string, Tensor> Read(string run, string arm) =>
        SafeTensors.Read(Path.Combine(run, "seed-0", arm, "model.safetensors"));

    /// <summary>An experiment after Setup, whose arms a test can look into.</summary>
    sealed class OpenWorld : IDisposable
    {
        readonly Experiment experiment;
        readonly Plan plan;

        public OpenWorld(string file, params string[] sets)
        {
            experiment = new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
                .Load(file, sets);
            var world = experiment.NewWorld(0, "cpu");
            plan = experiment.PlanOf(world);
            Runner = new Runner(plan, 0, experiment.Context.Steps, NewDisposeScope);
            Runner.Setup();
            world.Shared.Get<BatchShape>().Complete(
                States<PatchShape>().Select(patches => patches.Grid), ComponentReading.Of(plan), plan.ReadsViews());
            world.Shared.Get<CaptionEncoders>().All = [.. States<CaptionEncoder>().Distinct()];
        }

        public Runner Runner { get; }

        public EntityPlan Plan(string arm) => plan.Arms.Single(own => own.Entity.Name == arm);

        public Entity Arm(string name) => Plan(name).Entity;

        public Weights Weights(string arm) => Runner.Find<Weights>(Arm(arm))!;

        public void Dispose()
        {
            Runner.Dispose();
            experiment.Dispose();
        }

        IEnumerable<T> States<T>() where T : class => plan.Arms.Select(arm => Runner.Find<T>(arm.Entity)).OfType<T>();
    }
}

public sealed class InitInFp32Tests(WholeRuns runs) : InitTests(runs, "fp32");

public sealed class InitInBf16Tests(WholeRuns runs) : InitTests(runs, "bf16");
