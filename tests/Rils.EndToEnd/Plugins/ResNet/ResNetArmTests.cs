using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.ResNet;

/// <summary>A residual network as the image tower of a CLIP arm beside a ViT arm, and the arms that it cannot
/// serve.</summary>
public sealed class ResNetArmTests : IDisposable
{
    const string Residual = """
        [[arm]]
        name     = "resnet"
        backbone = { kind = "resnet", depth = 18 }
        """;

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void It_trains_beside_a_vit_and_stopped_and_resumed_it_ends_with_the_same_bytes()
    {
        var file = tiny.Write(TinyExperiment.Clip, Residual, TinyExperiment.Retrieval);
        string[] sets = ["steps=4", "checkpoint.every=1"];
        var whole = tiny.Run(file, sets: sets);
        var stopped = tiny["stopped"];
        for (var sessions = 0; !File.Exists(Path.Combine(stopped, "seed-0", "outcome.json")); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            tiny.RunIn(stopped, file, null, new CallbackSink(_ => stop.Cancel()), stop.Token, sets);
        }
        foreach (var arm in (string[])["clip", "resnet"])
            Assert.Equal(TinyExperiment.Weights(whole, arm), TinyExperiment.Weights(stopped, arm));
        foreach (var name in (string[])["outcome.json", "metrics.jsonl"])
            Assert.Equal(File.ReadAllText(Path.Combine(whole, "seed-0", name)),
                File.ReadAllText(Path.Combine(stopped, "seed-0", name)));
        var weights = SafeTensors.Read(Path.Combine(whole, "seed-0", "resnet", "model.safetensors"));
        // The whole batch goes through once a step, although a batch has two parts, and evaluations move nothing.
        Assert.Equal(4, weights["visual.bn1.num_batches_tracked"].item<long>());
        Assert.Contains("\"resnet\"", File.ReadAllText(Path.Combine(whole, "seed-0", "outcome.json")));
    }

    [Fact]
    public void A_vit_beside_it_has_the_bits_that_it_has_alone()
    {
        var both = tiny.Run(tiny.Write(Residual, TinyExperiment.Clip), sets: "steps=3");
        var alone = tiny.Run(tiny.Write(TinyExperiment.Clip), sets: "steps=3");
        Assert.Equal(TinyExperiment.Weights(alone, "clip"), TinyExperiment.Weights(both, "clip"));
    }

    [Fact]
    public void It_trains_in_bf16()
    {
        using var rounded = new TinyExperiment("bf16");
        var run = rounded.Run(rounded.Write(Residual), sets: "steps=3");
        var weights = SafeTensors.Read(Path.Combine(run, "seed-0", "resnet", "model.safetensors"));
        Assert.All(weights.Values, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Its_views_go_through_it_too()
    {
        var run = tiny.Run(tiny.Write(Residual + "\nobjective = [{ kind = \"simclr\", hidden = 32, dim = 8 }]",
            "[data.views]\nkind = \"simclr\""), sets: "steps=3");
        var weights = SafeTensors.Read(Path.Combine(run, "seed-0", "resnet", "model.safetensors"));
        Assert.Equal(6, weights["visual.bn1.num_batches_tracked"].item<long>()); // two views a step
    }

    [Fact]
    public void Its_cost_is_counted()
    {
        using var experiment = Load([], TinyExperiment.Clip, Residual);
        var costs = ArmCost.Of(experiment);
        Assert.Equal(2 * 37.0e6, costs[1].Passes.First(pass => pass.Key == "images").Value, 2e6);
        Assert.Empty(costs[1].Uncounted);
    }

    [Fact]
    public void Chunks_are_refused_when_the_file_is_read() => Assert.Contains(
        "--set data.chunk=4: [backbone] of arm resnet (plugin Rils.ResNet): ResNet takes its statistics from the whole "
        + "batch, and under chunk = 4 it would see parts of it, each twice: drop chunk = 4, or take a norm of single "
        + "samples (LayerNorm, GroupNorm)", Refusal(["data.chunk=4"], Residual));

    [Theory]
    [InlineData("target = { kind = \"pixel\" }", "[target] of kind pixel")]
    [InlineData("target = { kind = \"features\" }", "[target] of kind features")]
    [InlineData("target = { kind = \"language\" }", "[target] of kind language")]
    public void A_target_of_patches_is_refused_when_the_file_is_read(string target, string part) => Assert.Contains(
        $"{part} cannot work in arm resnet, which lacks [backbone] that can leave hidden patches out of a pass "
        + "(kinds: vit)",
        Refusal([], $"{Residual}\nmasking = {{ kind = \"random\" }}\ndecoder = {{ kind = \"mae\" }}\n{target}"));

    [Fact]
    public void A_masking_of_its_own_is_refused_when_the_file_is_read() => Assert.Contains(
        "[masking] of kind random cannot work in arm resnet, which lacks [backbone] that gives tokens (kinds: vit): "
        + "take such a backbone, or drop this by masking = \"none\" in the arm",
        Refusal([], $"{Residual}\nmasking = {{ kind = \"random\" }}", TinyExperiment.Rils));

    [Fact]
    public void A_masking_that_other_arms_share_does_not_matter()
    {
        using var experiment = Load([], "[masking]\nkind = \"random\"\n[decoder]\nkind = \"mae\"", Residual,
            "[[arm]]\nname = \"mae\"\ntarget = { kind = \"pixel\" }");
        Assert.Equal(["resnet", "mae"], experiment.Arms);
    }

    [Fact]
    public void A_teacher_that_follows_it_is_refused_when_the_file_is_read() => Assert.Contains(
        "[teacher] of kind ema cannot work in arm resnet, which lacks [backbone] that gives tokens (kinds: vit)",
        Refusal([], $"{Residual}\nteacher = {{ kind = \"ema\" }}"));

    [Fact]
    public void Another_depth_is_refused() =>
        Assert.Contains("allowed: 18, 50", Refusal(["arm.resnet.backbone.depth=34"], Residual));

    Experiment Load(string[] sets, params string[] arms) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arms), sets);

    string Refusal(string[] sets, params string[] arms) =>
        Assert.Throws<ExperimentException>(() => Load(sets, arms).Dispose()).Message;
}
