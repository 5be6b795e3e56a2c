using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Attention maps against the formula, and against the attention that training computes.</summary>
public sealed class AttentionMapsTests : IDisposable
{
    const int Size = 32, Width = 24, Heads = 3;

    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    static VitOptions Options => new() { Patch = 8, Width = Width, Depth = 3, Heads = Heads, QkvBias = QkvBias.Qkv };

    static Vit Drawn(VitOptions options)
    {
        var vit = new Vit(options, Size);
        vit.Initialize(RandomStream.Root(1));
        using var constant = no_grad();
        // Biases and gains that matter, and attention that is far from even.
        foreach (var (name, parameter) in vit.named_parameters())
            parameter.add_(Fakes.Draws.Normal(name, parameter.shape), name.Contains("qkv") ? 0.4 : 0.05);
        return vit;
    }

    static Tensor Images(long count) => Fakes.Draws.Normal("images", count, 3, Size, Size);

    static Tensor ByHeads(Tensor rows) =>
        rows.reshape(rows.shape[0], rows.shape[1], Heads, Width / Heads).transpose(1, 2);

    [Theory]
    [InlineData(QkvBias.Qv, ScalarType.Float32, 1e-5)]
    [InlineData(QkvBias.Qkv, ScalarType.Float32, 1e-5)]
    [InlineData(QkvBias.Qkv, ScalarType.BFloat16, 3e-2)]
    public void Weights_times_values_through_the_projection_are_what_the_layer_gives(
        QkvBias bias, ScalarType type, double tolerance)
    {
        using var constant = no_grad();
        var layer = new Attention(Width, Heads, bias);
        foreach (var (name, parameter) in layer.named_parameters())
            parameter.copy_(Fakes.Draws.Normal(name, parameter.shape).mul_(0.3));
        layer.to(type);
        var tokens = Fakes.Draws.Normal("tokens", 5, 11, Width).to(type);
        var weights = layer.Weights(tokens);
        Assert.Equal((ScalarType.Float32, 5L, (long)Heads, 11L, 11L),
            (weights.dtype, weights.shape[0], weights.shape[1], weights.shape[2], weights.shape[3]));
        Assert.True(weights.sum(-1).allclose(ones(5, Heads, 11), 0, 1e-5));
        Assert.True(weights.ge(0).all().item<bool>());

        Tensor Of(string name) => layer.get_parameter(name)!.to(ScalarType.Float64);
        var values = tokens.to(ScalarType.Float64).matmul(Of("qkv.weight").narrow(0, 2 * Width, Width).t())
            + (bias == QkvBias.Qv ? Of("v_bias") : Of("qkv.bias").narrow(0, 2 * Width, Width));
        var mixed = weights.to(ScalarType.Float64).matmul(ByHeads(values)).transpose(1, 2).reshape(5, 11, Width);
        var expected = mixed.matmul(Of("proj.weight").t()) + Of("proj.bias");
        var found = layer.forward(tokens).to(ScalarType.Float64);
        Assert.InRange(((found - expected).abs().max() / expected.abs().max()).item<double>(), 0, tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_first_layer_attends_as_the_formula_says(int registers)
    {
        using var constant = no_grad();
        var (vit, images) = (Drawn(Options with { Registers = registers }), Images(4));
        var parameters = vit.named_parameters().ToDictionary(item => item.name, item => (Tensor)item.parameter);
        var positions = vit.get_buffer("pos_embed")!;
        var patches = nn.functional.conv2d(images, parameters["patch_embed.proj.weight"],
            parameters["patch_embed.proj.bias"], strides: [8, 8]).flatten(2).transpose(1, 2);
        var tokens = cat([(parameters["cls_token"] + positions.narrow(1, 0, 1)).expand(4, 1, Width),
            .. registers > 0 ? new[] { parameters["register_tokens"].expand(4, registers, Width) } : [],
            patches + positions.narrow(1, 1, 16)], 1);
        var normed = nn.functional.layer_norm(tokens, [Width], parameters["blocks.0.norm1.weight"],
            parameters["blocks.0.norm1.bias"], 1e-6);
        var qkv = nn.functional.linear(normed, parameters["blocks.0.attn.qkv.weight"],
            parameters["blocks.0.attn.qkv.bias"]).chunk(3, 2);
        var expected = (ByHeads(qkv[0]).matmul(ByHeads(qkv[1]).transpose(2, 3)) / Math.Sqrt(Width / Heads)).softmax(-1);
        var found = Assert.Single(vit.Attention(images, [1]));
        Assert.Equal(1 + registers, vit.AttentionPrefix);
        Assert.Equal([4, Heads, 17 + registers, 17 + registers], found.shape);
        Assert.True(expected.allclose(found, 1e-4, 1e-6));
        Assert.True(found.std().item<float>() > 0.01);
    }

    [Fact]
    public void A_later_layer_attends_as_the_last_one_of_a_model_that_ends_there()
    {
        using var constant = no_grad();
        var (vit, images) = (Drawn(Options), Images(3));
        Assert.Equal(3, vit.AttentionLayers);
        var maps = vit.Attention(images, [1, 2, 3]);
        foreach (var layer in (int[])[1, 2, 3])
        {
            Assert.True(Drawn(Options with { Depth = layer }).Attention(images, [layer])[0].Equals(maps[layer - 1]));
            Assert.True(vit.Attention(images, [layer])[0].Equals(maps[layer - 1]));
        }
    }

    [Fact]
    public void In_bf16_the_maps_are_fp32_and_sum_to_one()
    {
        using var constant = no_grad();
        var (vit, images) = (Drawn(Options), Images(3));
        var exact = vit.Attention(images, [3])[0];
        vit.to(ScalarType.BFloat16);
        var rounded = vit.Attention(images, [3])[0];
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Assert.True(rounded.sum(-1).allclose(ones(3, Heads, 17), 0, 1e-5));
        Assert.True(rounded.allclose(exact, 0.2, 0.05));
    }

    /// <summary>All blocks before the last asked one, its projection to queries, keys and values, and the product of
    /// queries and keys.</summary>
    [Fact]
    public void Operations_are_counted_up_to_the_last_layer()
    {
        var vit = new Vit(Options with { Registers = 2 }, Size);
        long tokens = 19, embedding = 2 * 16 * 192 * Width, maps = 2 * tokens * Width * (3 * Width) + 2 * tokens
            * tokens * Width;
        var block = (vit.Flops - embedding) / 3;
        Assert.Equal(embedding + 2 * block + maps, vit.AttentionFlops([3]));
        Assert.Equal(embedding + block + 2 * maps, vit.AttentionFlops([1, 2]));
    }
}
