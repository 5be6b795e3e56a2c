using Rils.AdamW;
using Rils.Contract;
using Rils.Contrastive;
using Rils.Engine.Composition;
using Rils.Engine.Gallery;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.LanguageTarget;
using Rils.Layers;
using Rils.Masking;
using Rils.Models;
using Rils.PixelTarget;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>A golden case as an arm that the engine trains. The systems and plugins are those of <c>rils run</c>; only
/// the frames are given.</summary>
sealed class GoldenArm : IDisposable
{
    readonly Entity arm;
    readonly Runner runner;

    /// <summary>Sets up a case of RILS.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="noise">The mask noise of each step, [batch, patches].</param>
    /// <param name="change">Changes the case's target options; null leaves them.</param>
    /// <param name="chunk">The number of samples that are encoded at a time; null for the whole batch.</param>
    /// <param name="recompute">Whether the backbone's blocks run again in the backward pass.</param>
    /// <param name="pictured">The step whose pictures the arm keeps, from 0; null for the last.</param>
    /// <param name="parts">The number of parts of the batch.</param>
    /// <param name="gather">The number of processes whose semantics the losses have.</param>
    public GoldenArm(GoldenCase golden, IReadOnlyList<Tensor> noise,
        Func<LanguageTargetOptions, LanguageTargetOptions>? change = null, int? chunk = null, bool recompute = false,
        long? pictured = null, int parts = 1, int gather = 1)
        : this(golden, noise, arm => RilsComponents(golden, arm, change ?? (target => target), recompute), chunk,
            weights => weights, pictured ?? noise.Count - 1, parts, gather)
    {
    }

    GoldenArm(GoldenCase golden, IReadOnlyList<Tensor> noise, Action<Entity> components, int? chunk,
        Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> weights, long pictured, int parts, int gather)
    {
        var registry = Registry(pictured);
        var inputs = golden.Read("inputs");
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(0))).Set(new RunLength(noise.Count))
            .Set(new GoldenFrames(inputs["images"],
                inputs.TryGetValue("tokens", out var tokens) ? tokens : empty(0), noise));
        world.Shared.Set(new BatchParts(parts, chunk)).Set(new Gather(gather));
        arm = world.AddArm("golden");
        Ability.GiveTo(arm.Set(new ArmName(arm.Name)), typeof(Vit));
        components(arm);
        var plan = Plan.Of([.. registry.Systems, .. TypedSystems.For(registry.Systems)], world,
            [.. registry.Entries.Select(entry => entry.Options), .. ArmBuilder.ComponentTypes(registry.Slots)]);
        runner = new Runner(plan, 0, noise.Count, NewDisposeScope);
        runner.Setup();
        Assert.Empty(runner.Failures);
        Load(weights(golden.Read("weights")));
    }

    /// <summary>Sets up a case of MAE. The names of the published models have no prefix, and ours have
    /// <c>visual.</c></summary>
    public static GoldenArm Mae(GoldenCase golden, int? chunk = null, int parts = 1) => new(
        golden, [golden.Read("inputs")["mask_noise"]], arm => MaeComponents(golden, arm), chunk,
        static weights => weights.ToDictionary(
            tensor => SlotTable.Engine.Of<Backbone>().Prefix + tensor.Key, tensor => tensor.Value),
        pictured: 0, parts, gather: 1);

    /// <summary>Sets up a case of CLIP, which has no masked pass. The authors' model has a decoder anyway, which gets
    /// no gradient; ours has none.</summary>
    public static GoldenArm Clip(GoldenCase golden, int steps, int gather, int parts = 1) => new(
        golden, [.. Enumerable.Range(0, steps).Select(_ => empty(0, 0))], arm => ClipComponents(golden, arm), null,
        static weights => weights.Where(tensor => !tensor.Key.Contains("decoder", StringComparison.Ordinal)
            && tensor.Key != "visual.mask_token").ToDictionary(), steps - 1, parts, gather);

    public Weights Weights => runner.Find<Weights>(arm)!;

    /// <summary>The pictures of the pictured step.</summary>
    public GalleryLog Gallery => runner.Find<GalleryLog>(arm)!;

    /// <summary>Trains and returns one row of metrics for each step.</summary>
    public IReadOnlyList<MetricRow> Train(int steps)
    {
        runner.Advance(steps);
        Assert.Empty(runner.Failures);
        runner.OnDevice(arm, runner.Find<MetricLog>(arm)!.Drain);
        return [.. runner.Find<MetricLog>(arm)!.Take()];
    }

    public void Dispose() => runner.Dispose();

    static PluginRegistry Registry(long pictured) => PluginRegistry.Of(
        ("engine", new EnginePlugin(pictured + 1, SlotTable.Engine)),
        ("space", new LinearSpacePlugin()), ("contrastive", new ContrastivePlugin()),
        ("language", new LanguageTargetPlugin()), ("pixel", new PixelTargetPlugin()), ("golden", new GoldenPlugin()));

    static void RilsComponents(GoldenCase golden,
        Entity arm, Func<LanguageTargetOptions, LanguageTargetOptions> change, bool recompute)
    {
        ClipComponents(golden, arm, recompute);
        arm.Set<MakeDecoder>(context => GoldenModel.Decoder(golden,
                context.Backbone, context.Patches, context.Target.Width, QkvBias.Qv))
            .Set<IMasking>(new RankedMasking(golden.Number("mask_ratio"), static (noise, _) => noise))
            .Set(change(new()
            {
                StudentTemperature = golden.Number("stu_tau"),
                TeacherTemperature = golden.Number("tea_tau"), Weight = golden.Number("loss_weight"),
            }));
    }

    static void ClipComponents(GoldenCase golden, Entity arm, bool recompute = false)
    {
        var optimizer = golden.Json.GetProperty("optimizer");
        arm.AddItem("contrastive").Set(new ContrastiveOptions());
        arm.Set<MakeBackbone>(() => GoldenModel.Vit(golden, QkvBias.Qv, recompute))
            .Set<MakeTextEncoder>(() => GoldenModel.Text(golden))
            .Set<MakeSpace>(context => new LinearSpace(new() { Dim = golden["embed_dim"] }, context))
            .Set<IOptimizer>(new FusedAdamW(new()
            {
                WeightDecay = optimizer.GetProperty("weight_decay").GetDouble(),
                Epsilon = optimizer.GetProperty("eps").GetDouble(),
                Betas = [.. optimizer.GetProperty("betas").EnumerateArray().Select(beta => beta.GetDouble())],
            }))
            .Set<ISchedule>(new Constant(optimizer.GetProperty("lr").GetDouble()));
    }

    static void MaeComponents(GoldenCase golden, Entity arm) => arm
        .Set<MakeBackbone>(() => GoldenModel.Vit(golden, QkvBias.Qkv))
        .Set<MakeDecoder>(context => GoldenModel.Decoder(golden, context.Backbone, context.Patches,
            context.Target.Width, QkvBias.Qkv))
        .Set<IMasking>(new RankedMasking(golden.Number("mask_ratio"), static (noise, _) => noise))
        .Set(new PixelTargetOptions { Normalize = golden.Json.GetProperty("norm_pix_loss").GetBoolean() })
        .Set<IOptimizer>(new FusedAdamW(new()))
        .Set<ISchedule>(new Constant(1e-3));

    void Load(Dictionary<string, Tensor> golden) => runner.OnDevice(arm, () =>
    {
        using var constant = no_grad();
        Assert.Equal(golden.Keys.Order(StringComparer.Ordinal),
            Weights.Parameters.Keys.Concat(Weights.Buffers.Keys).Order(StringComparer.Ordinal));
        foreach (var (name, parameter) in Weights.Parameters) parameter.copy_(golden[name]);
    });

    sealed class Constant(double rate) : ISchedule
    {
        public double LearningRate(long step) => rate;
    }

    sealed class GoldenPlugin : IPlugin
    {
        public void Configure(IRilsBuilder rils) => rils
            .System(Stage.Forward, "golden.frame", GoldenFrames.Frame)
            .System(Stage.Forward, "golden.captions", GoldenFrames.Captions);
    }
}
