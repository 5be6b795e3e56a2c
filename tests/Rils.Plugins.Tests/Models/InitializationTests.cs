using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The initial spread of every parameter against its formula, by name. No golden case holds the
/// spreads.</summary>
public sealed class InitializationTests : IDisposable
{
    readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(64, QkvBias.Qv)]
    [InlineData(96, QkvBias.Qkv)]
    public void Vision_matrices_are_xavier_uniform_and_tokens_normal(int width, QkvBias bias)
    {
        var vit = new Vit(new() { Patch = 8, Width = width, Depth = 2, Heads = 2, QkvBias = bias }, 32);
        vit.Initialize(RandomStream.Root(1));
        var decoder = new MaskedDecoder(new() { Width = width / 2, Heads = 2, QkvBias = bias },
            new(vit.Shape, vit.Patches, new(48)));
        decoder.Initialize(RandomStream.Root(1));
        foreach (var (name, parameter) in vit.named_parameters().Concat(decoder.named_parameters()))
        {
            if (name is "cls_token" or "mask_token") AssertNormal(name, parameter, 0.02);
            else if (name == "patch_embed.proj.bias") AssertUniform(name, parameter, 1 / Math.Sqrt(192));
            else if (parameter.ndim > 1)
                AssertUniform(name, parameter, Xavier(parameter.shape[0], parameter.numel() / parameter.shape[0]));
            else AssertAll(name, parameter, IsGain(name) ? 1 : 0);
        }
        // Worked out by hand: the fused qkv counts as one matrix, and the patch weight is [width, 3 · patch²].
        AssertUniform("qkv", vit.get_parameter("blocks.1.attn.qkv.weight")!, Xavier(width, 3 * width));
        AssertUniform("patch", vit.get_parameter("patch_embed.proj.weight")!, Xavier(width, 192));
    }

    [Theory]
    [InlineData(64, 2)]
    [InlineData(128, 3)]
    public void Text_matrices_have_clips_spreads(int width, int depth)
    {
        var text = new TextTransformer(new() { Context = 77, Width = width, Heads = 4, Depth = depth }, 1000);
        text.Initialize(RandomStream.Root(2));
        var deep = 1 / Math.Sqrt(width) / Math.Sqrt(2 * depth);
        foreach (var (name, parameter) in text.named_parameters())
        {
            if (name.EndsWith("c_fc.bias")) AssertUniform(name, parameter, 1 / Math.Sqrt(width));
            else if (name.EndsWith("c_proj.bias")) AssertUniform(name, parameter, 1 / Math.Sqrt(4 * width));
            else if (parameter.ndim == 1) AssertAll(name, parameter, IsGain(name) ? 1 : 0);
            else AssertNormal(name, parameter, name.Split('.') switch
            {
                ["positional_embedding"] => 0.01,
                ["token_embedding", _] => 0.02,
                [.., "attn", "in_proj_weight"] => 1 / Math.Sqrt(width),
                [.., "out_proj", _] or [.., "c_proj", _] => deep,
                [.., "c_fc", _] => 1 / Math.Sqrt(2 * width),
                _ => throw new InvalidOperationException($"unexpected parameter {name}"),
            });
        }
    }

    [Theory]
    [InlineData(64, 48)]
    [InlineData(192, 128)]
    public void Projections_have_the_spread_of_their_input(int vision, int text)
    {
        var space = Space(vision, text);
        space.Initialize(RandomStream.Root(3));
        AssertNormal("image_projection", space.get_parameter("image_projection")!, 1 / Math.Sqrt(vision));
        AssertNormal("text_projection", space.get_parameter("text_projection")!, 1 / Math.Sqrt(text));
        Assert.Equal(1 / 0.07, space.LogitScale.item<float>(), 1e-4);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = Draw(TinyVit(QkvBias.Qv), 7);
        var same = Draw(TinyVit(QkvBias.Qv), 7);
        var other = Draw(TinyVit(QkvBias.Qv), 8);
        Assert.Equal(first.Keys, same.Keys);
        foreach (var (name, bytes) in first)
        {
            Assert.Equal(bytes, same[name]);
            if (name.EndsWith("_token") || name == "patch_embed.proj.bias"
                || (name.EndsWith("weight") && !IsGain(name)))
                Assert.NotEqual(bytes, other[name]);
        }
    }

    [Fact]
    public void Another_bias_or_depth_moves_no_other_parameter()
    {
        var first = Draw(TinyVit(QkvBias.Qv), 7);
        foreach (var changed in (Vit[])[TinyVit(QkvBias.Qkv), TinyVit(QkvBias.Qv, depth: 3)])
        {
            var bytes = Draw(changed, 7);
            var shared = first.Keys.Intersect(bytes.Keys).ToArray();
            Assert.True(shared.Length >= first.Count - 4);
            Assert.All(shared, name => Assert.Equal(first[name], bytes[name]));
        }
    }

    static Vit TinyVit(QkvBias bias, int depth = 2) =>
        new(new() { Patch = 8, Width = 16, Depth = depth, Heads = 2, QkvBias = bias }, 16);

    static LinearSpace Space(int vision, int text) =>
        new(new() { Dim = 64 }, new(new(vision), new(text, 12)));

    static Dictionary<string, byte[]> Draw(Backbone backbone, long seed)
    {
        backbone.Initialize(RandomStream.Root(seed));
        return backbone.named_parameters().ToDictionary(item => item.name, item => item.parameter.bytes.ToArray());
    }

    static double Xavier(long rows, long columns) => Math.Sqrt(6.0 / (rows + columns));

    static bool IsGain(string name) => (name.Contains("norm") || name.Contains("ln_")) && name.EndsWith(".weight");

    static void AssertAll(string name, Tensor parameter, float value) =>
        Assert.True((parameter == value).all().item<bool>(), $"{name} is not {value}");

    // The tolerance is five standard errors of a sample's mean and standard deviation. A wrong fan would miss by far
    // more.
    static void AssertNormal(string name, Tensor parameter, double spread)
    {
        var n = parameter.numel();
        var (mean, deviation) = (parameter.mean().item<float>(), parameter.std().item<float>());
        Assert.True(Math.Abs(deviation / spread - 1) < 5 / Math.Sqrt(2.0 * n),
            $"{name}: {deviation} instead of {spread}");
        Assert.True(Math.Abs(mean) < 5 * spread / Math.Sqrt(n), $"{name}: mean {mean}");
        if (n > 10_000) Assert.True(parameter.abs().max().item<float>() > 3 * spread, $"{name} has no tails");
    }

    static void AssertUniform(string name, Tensor parameter, double bound)
    {
        var n = parameter.numel();
        var largest = parameter.abs().max().item<float>();
        Assert.True(largest <= bound * (1 + 1e-6) && largest > bound * (1 - 20.0 / n),
            $"{name}: largest {largest} instead of {bound}");
        Assert.True(Math.Abs(parameter.std().item<float>() / (bound / Math.Sqrt(3)) - 1) < 5 / Math.Sqrt(n),
            $"{name}: not uniform");
    }
}
