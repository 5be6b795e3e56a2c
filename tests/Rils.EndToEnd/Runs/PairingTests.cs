using Rils.Engine.WeightFiles;

namespace Rils.Tests.Engine.Runs;

/// <summary>Two arms differ in the component that was swapped, and in nothing else; the tests compare bytes.</summary>
public abstract class PairingTests(string precision) : IDisposable
{
    readonly TinyExperiment tiny = new(precision);

    [Fact]
    public void An_arm_alone_gets_the_weights_that_it_gets_beside_another()
    {
        (string Name, string Text)[] arms =
            [("rils", TinyExperiment.Rils), ("clip", TinyExperiment.Clip), ("mae", TinyExperiment.Mae),
                ("mae-clip", TinyExperiment.MaeClip), ("slip", TinyExperiment.Slip)];
        var together = tiny.Run(tiny.Write([.. arms.Select(arm => arm.Text)]));
        foreach (var (arm, text) in arms)
        {
            var alone = tiny.Run(tiny.Write(text));
            AssertSame(together, alone, arm);
        }
        Assert.Distinct(arms.Select(arm => Convert.ToHexString(TinyExperiment.Weights(together, arm.Name))));
    }

    [Fact]
    public void The_order_of_arms_and_their_names_change_no_byte()
    {
        var forward = tiny.Run(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip));
        var backward = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Rils));
        AssertSame(forward, backward, "rils");
        AssertSame(forward, backward, "clip");
        var renamed = tiny.Run(tiny.Write(TinyExperiment.Clip.Replace("\"clip\"", "\"zebra\"")));
        Assert.Equal(TinyExperiment.Weights(forward, "clip"), TinyExperiment.Weights(renamed, "zebra"));
    }

    [Fact]
    public void The_order_in_which_plugins_are_loaded_changes_no_byte()
    {
        var file = tiny.Write(TinyExperiment.Rils);
        var first = tiny.Run(file);
        var random = new Random(4);
        for (var i = 0; i < 2; i++)
        {
            var shuffled = TinyExperiment.PluginFolders.ToArray();
            random.Shuffle(shuffled);
            AssertSame(first, tiny.Run(file, shuffled), "rils");
        }
    }

    [Fact]
    public void Arms_with_like_components_start_alike_and_another_seed_starts_elsewhere()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Clip.Replace("\"clip\"", "\"twin\"")));
        Assert.Equal(TinyExperiment.Weights(run, "clip"), TinyExperiment.Weights(run, "twin"));
        var other = tiny.Run(tiny.Write(TinyExperiment.Clip), null, null, "seeds=[1]");
        Assert.NotEqual(TinyExperiment.Weights(run, "clip"),
            File.ReadAllBytes(Path.Combine(other, "seed-1", "clip", "model.safetensors")));
    }

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Without_weight_the_other_views_change_no_step()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Slip),
            null, null, "arm.slip.objective.simclr.weight=0", "optimizer.weight_decay=0");
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (clip, slip) = (Read("clip"), Read("slip"));
        Assert.All(clip, tensor => Assert.Equal(tensor.Value.bytes.ToArray(), slip[tensor.Key].bytes.ToArray()));
        Assert.All(slip.Keys.Except(clip.Keys), name => Assert.StartsWith("image_mlp.", name));
        Assert.Equal(6 * 2, slip["image_mlp.bn1.num_batches_tracked"].item<long>());

        Dictionary<string, TorchSharp.torch.Tensor> Read(string arm) =>
            Rils.Engine.WeightFiles.SafeTensors.Read(Path.Combine(run, "seed-0", arm, "model.safetensors"));
    }

    static void AssertSame(string run, string other, string arm)
    {
        Assert.Equal(TinyExperiment.Metrics(run, arm), TinyExperiment.Metrics(other, arm));
        Assert.Equal(TinyExperiment.Weights(run, arm), TinyExperiment.Weights(other, arm));
    }
}

public sealed class PairingInFp32Tests() : PairingTests("fp32");

public sealed class PairingInBf16Tests() : PairingTests("bf16");
