using Rils.Contract;
using Rils.Engine.Data;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Data;

/// <summary>The noise of passes is a function of seed, pass, step and place alone.</summary>
public sealed class PassNoiseTests : IDisposable
{
    const int Batch = 6;
    static readonly NoiseShape Shallow = new(3, 2), Deep = new(5, 2);
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Each_pass_place_block_and_branch_has_its_own_and_again_the_same()
    {
        var noise = Made(7, 0, All(Deep));
        Assert.Equal(6, noise.ByPass.Count);
        Assert.All(noise.ByPass.Values, values => Assert.Equal([Batch, 5, 2], values.shape));
        float[] all = [.. noise.ByPass.Values.SelectMany(values => values.data<float>().ToArray())];
        Assert.All(all, value => Assert.InRange(value, 0, MathF.BitDecrement(1)));
        Assert.True(all.Distinct().Count() >= all.Length - 1);
        foreach (var (pass, values) in noise.ByPass)
        {
            Assert.True(values.Equals(Made(7, 0, All(Deep)).ByPass[pass]));
            Assert.False(values.Equals(Made(8, 0, All(Deep)).ByPass[pass]));
            Assert.False(values.Equals(Made(7, 1, All(Deep)).ByPass[pass]));
        }
    }

    [Fact]
    public void The_stream_is_the_documented_one()
    {
        var noise = Made(7, 3, (BackbonePass.Visible, Shallow)).ByPass[(BackbonePass.Visible, Shallow)];
        var expected = new float[6];
        RandomStream.Root(3).Fork("drop path").Fork("Visible").Fork(7).Fork(4).Draw().FillUniform(expected);
        Assert.Equal(expected, noise[4].flatten().data<float>().ToArray());
        Assert.Equal(["FirstView", "SecondView", "View2", "View11"],
            new[] { 0, 1, 2, 11 }.Select(view => BackbonePass.View(view).Name));
    }

    [Fact]
    public void Other_passes_and_shapes_change_nothing_and_a_deeper_backbone_begins_alike()
    {
        var alone = Made(7, 0, (BackbonePass.Images, Shallow)).ByPass[(BackbonePass.Images, Shallow)];
        var beside = Made(7, 0, [.. All(Deep), .. All(Shallow)]).ByPass;
        Assert.True(alone.Equals(beside[(BackbonePass.Images, Shallow)]));
        Assert.True(alone.Equals(beside[(BackbonePass.Images, Deep)].narrow(1, 0, 3)));
    }

    [Fact]
    public void Where_no_backbone_takes_noise_none_is_made()
    {
        Assert.Empty(Made(7, 0).ByPass);
        Assert.Empty(new NoisyPasses().All);
    }

    static (BackbonePass, NoiseShape)[] All(NoiseShape shape) =>
        [.. new[] { BackbonePass.Images, BackbonePass.Visible, BackbonePass.View(0), BackbonePass.View(1),
            BackbonePass.View(2), BackbonePass.View(11) }.Select(pass => (pass, shape))];

    static PassNoise Made(long step, long seed, params (BackbonePass, NoiseShape)[] all)
    {
        var passes = new NoisyPasses();
        passes.Complete(all);
        Samples samples = new([.. Enumerable.Range(0, Batch).Select(number => new Sample($"{number}", default))]);
        PassNoiseSystems.Prepare(new(step), samples, new(RandomStream.Root(seed)), passes, out var prepared);
        LoaderSystems.Pin(prepared, default, out var placed);
        UploadSystems.Value(placed, new("cpu"), out PassNoise noise);
        prepared.Dispose(); // what arms read is a copy
        return noise;
    }
}
