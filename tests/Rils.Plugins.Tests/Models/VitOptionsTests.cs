using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The options by which a vision transformer becomes another published one.</summary>
public sealed class VitOptionsTests : IDisposable
{
    static readonly VitOptions Plain = new() { Patch = 4, Width = 24, Depth = 2, Heads = 3 };
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    static Vit Drawn(VitOptions options)
    {
        var vit = new Vit(options, 16);
        vit.Initialize(RandomStream.Root(1));
        return vit;
    }

    public static TheoryData<string, string[]> Names => new()
    {
        { "pre_norm", ["norm_pre.bias", "norm_pre.weight"] },
        { "registers", ["register_tokens"] },
        { "layer_scale", ["blocks.0.ls1.gamma", "blocks.0.ls2.gamma", "blocks.1.ls1.gamma", "blocks.1.ls2.gamma"] },
        { "learned", ["pos_embed"] },
    };

    /// <summary>An option adds parameters of timm's or DINOv2's names, and moves the first value of no other.</summary>
    [Theory, MemberData(nameof(Names))]
    public void An_option_adds_its_parameters_and_moves_no_other(string option, string[] added)
    {
        var (plain, other) = (Drawn(Plain), Drawn(With(option)));
        var (before, after) = (Values(plain), Values(other));
        Assert.Equal(added, after.Keys.Except(before.Keys).Order(StringComparer.Ordinal));
        Assert.All(before, parameter => Assert.Equal(parameter.Value, after[parameter.Key]));
        Assert.Equal(option != "learned", other.named_buffers().Any(buffer => buffer.name == "pos_embed"));

        static Dictionary<string, byte[]> Values(Vit vit) =>
            vit.named_parameters().ToDictionary(part => part.name, part => part.parameter.bytes.ToArray());
    }

    static VitOptions With(string option) => option switch
    {
        "pre_norm" => Plain with { PreNorm = true },
        "registers" => Plain with { Registers = 3 },
        "layer_scale" => Plain with { LayerScale = 0.25 },
        _ => Plain with { Positions = Positions.Learned },
    };

    [Fact]
    public void First_values_of_positions_registers_and_gains()
    {
        var vit = Drawn(Plain with
        {
            Width = 96, Registers = 4, Positions = Positions.Learned, LayerScale = 0.25, PatchBias = false,
        });
        Assert.DoesNotContain(vit.named_parameters(), parameter => parameter.name == "patch_embed.proj.bias");
        foreach (var name in (string[])["pos_embed", "register_tokens"])
        {
            var drawn = vit.get_parameter(name)!;
            Assert.InRange(drawn.std().item<float>() / 0.02, 1 - 5 / Math.Sqrt(2.0 * drawn.numel()),
                1 + 5 / Math.Sqrt(2.0 * drawn.numel()));
        }
        Assert.True(vit.get_parameter("blocks.1.ls2.gamma")!.eq(0.25).all().item<bool>());
    }

    [Fact]
    public void The_class_token_or_the_mean_of_the_patches_is_the_feature()
    {
        var tokens = rand(2, 17, 24);
        Assert.True(tokens[.., 0].Equals(Drawn(Plain with { Pooling = Pooling.Class }).Pool(tokens)));
        GoldenAssert.Close(tokens[.., 1..].mean([1L]), Drawn(Plain).Pool(tokens), 1e-6, "mean");
    }

    /// <summary>Registers take part in attention, have no position, and are gone from the tokens.</summary>
    [Fact]
    public void Registers_are_seen_by_patches_and_by_nobody_else()
    {
        using var constant = no_grad();
        var vit = Drawn(Plain with { Registers = 3 });
        var images = rand(2, 3, 16, 16);
        var tokens = vit.Encode(images);
        Assert.Equal([2, 17, 24], tokens.shape);
        Assert.Equal([2, 5, 24], vit.EncodeVisible(images, zeros(2, 4, ScalarType.Int64)).shape);
        var register = vit.get_parameter("register_tokens")!;
        // In any order they are the same set.
        register.copy_(register.index_select(1, tensor(new long[] { 2, 0, 1 })));
        GoldenAssert.Close(tokens, vit.Encode(images), 1e-5, "tokens");
        register.add_(1);
        Assert.False(tokens.Equals(vit.Encode(images)));
        const long Layers = 2 * 24 * 3 * 24 + 2 * 24 * 24 + 2 * 2 * 24 * 96, Products = 2 * 2 * 24;
        Assert.Equal(2 * (3 * Layers + Products * (20 * 20 - 17 * 17)),
            vit.VisibleFlops(16) - Drawn(Plain).VisibleFlops(16));
    }

    [Fact]
    public void What_comes_before_the_blocks_is_layer_0_and_registers_are_tokens()
    {
        var options = Plain with { Registers = 1, PreNorm = true, LayerScale = 0.1, Positions = Positions.Learned };
        Assert.Equal(["cls_token", "norm_pre.bias", "norm_pre.weight", "patch_embed.proj.bias",
            "patch_embed.proj.weight", "pos_embed", "register_tokens"], InLayer(0));
        Assert.Equal(["norm.bias", "norm.weight"], InLayer(options.TopLayer));
        Assert.Contains("blocks.1.ls2.gamma", InLayer(2));
        Assert.True(options.IsTokenOrPosition("register_tokens"));

        IEnumerable<string> InLayer(int layer) => Drawn(options).named_parameters().Select(parameter => parameter.name)
            .Where(name => options.LayerOf(name) == layer).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Norm_eps_is_that_of_all_norms()
    {
        using var constant = no_grad();
        var images = 1e-4 * rand(1, 3, 16, 16);
        Assert.False(Drawn(Plain).Encode(images).Equals(Drawn(Plain with { NormEps = 1e-2 }).Encode(images)));
        var vit = Drawn(Plain with { NormEps = 0.5, PreNorm = true });
        Assert.All(vit.modules().OfType<TorchSharp.Modules.LayerNorm>(), norm => Assert.Equal(0.5, norm.eps));
    }

    [Fact]
    public void Learned_positions_need_no_width_divisible_by_four_and_get_gradients()
    {
        var options = new VitOptions { Patch = 4, Width = 6, Depth = 1, Heads = 3, Positions = Positions.Learned };
        Assert.Empty(options.Validate(new(options)));
        var vit = Drawn(options);
        vit.EncodeVisible(rand(2, 3, 16, 16), tensor(new long[] { 5, 0, 5, 0 }).view(2, 2)).square().sum().backward();
        var moved = vit.get_parameter("pos_embed")!.grad![0].ne(0).any(1).data<bool>().ToArray();
        Assert.Equal([0, 1, 6], moved.Index().Where(row => row.Item).Select(row => row.Index));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Everything_together_works_in_the_type_that_it_is_moved_to(ScalarType type)
    {
        var vit = Drawn(Plain with
        {
            Registers = 2, LayerScale = 0.1, PreNorm = true, PatchBias = false, Positions = Positions.Learned,
            Activation = Activation.Quickgelu, DropPath = 0.5, Pooling = Pooling.Class, Recompute = true,
        });
        vit.to(type);
        var tokens = vit.EncodeVisible(rand(2, 3, 16, 16), zeros(2, 4, ScalarType.Int64), rand(2, 2, 2));
        Assert.Equal(type, tokens.dtype);
        tokens.to(ScalarType.Float32).square().sum().backward();
        Assert.All(vit.named_parameters(), parameter => Assert.NotNull(parameter.parameter.grad));
    }

    [Fact]
    public void QuickGELU_is_x_times_the_sigmoid_of_1_702_x()
    {
        var x = linspace(-4, 4, 33);
        double[] expected = [.. x.data<float>().ToArray().Select(x => x / (1 + Math.Exp(-1.702 * x)))];
        GoldenAssert.Close(tensor(expected), Activation.Quickgelu.Of(x), 1e-6, "quickgelu");
    }
}
