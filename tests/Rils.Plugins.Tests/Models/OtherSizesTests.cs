using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Backbones over images of other sizes than the experiment's.</summary>
public sealed class OtherSizesTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    static readonly VitOptions learned = new()
    {
        Patch = 8, Width = 24, Depth = 2, Heads = 3, Positions = Positions.Learned,
    };

    /// <summary>The other model is made for the small images, with a table that libtorch's own interpolation
    /// fitted.</summary>
    [Theory]
    [InlineData(16), InlineData(48)]
    public void A_vit_sees_them_as_a_vit_of_that_size_with_fitted_positions(int size)
    {
        var (vit, other) = (new Vit(learned, 32), new Vit(learned, size));
        vit.Initialize(RandomStream.Root(1));
        other.Initialize(RandomStream.Root(2));
        using (no_grad())
            foreach (var (name, parameter) in other.named_parameters())
                parameter.copy_(name == "pos_embed" ? PositionTable.Fit(vit.get_parameter(name)!, other.Patches.Grid)
                    : vit.get_parameter(name)!);
        var images = rand(3, 3, size, size);
        var tokens = vit.Encode(images);
        Assert.Equal([3, 1 + size / 8 * (size / 8), 24], tokens.shape);
        GoldenAssert.Close(other.Encode(images), tokens, 1e-5, "tokens");
        GoldenAssert.Close(other.Features(images), vit.Features(images), 1e-5, "features");
        Assert.Equal(other.Flops, vit.FlopsFor(size));
        Assert.Equal(vit.Flops, vit.FlopsFor(32));
    }

    [Fact]
    public void Gradients_reach_all_positions()
    {
        var vit = new Vit(learned, 32);
        vit.Initialize(RandomStream.Root(1));
        vit.Features(rand(2, 3, 16, 16)).square().sum().backward();
        Assert.All(vit.get_parameter("pos_embed")!.grad!.abs().sum(2).flatten().data<float>().ToArray().Skip(1),
            gradient => Assert.True(gradient > 0));
    }

    [Fact]
    public void A_fixed_table_is_interpolated_too()
    {
        var vit = new Vit(learned with { Positions = Positions.Sincos }, 32);
        vit.Initialize(RandomStream.Root(1));
        var tokens = vit.Encode(rand(2, 3, 16, 16));
        Assert.Equal([2, 5, 24], tokens.shape);
        Assert.True(tokens.isfinite().all().item<bool>());
    }

    [Fact]
    public void A_size_that_patches_do_not_fill_is_a_mistake()
    {
        var vit = new Vit(learned, 32);
        Assert.Null(vit.SizeMistake(16));
        Assert.Equal("patch = 8 does not divide 20 pixels; take a multiple of 8", vit.SizeMistake(20));
    }

    [Fact]
    public void A_resnet_takes_any_and_counts_as_one_of_that_size()
    {
        var (net, other) = (new ResNet(new() { Depth = 18 }, 64), new ResNet(new() { Depth = 18 }, 33));
        Assert.Null(net.SizeMistake(33));
        Assert.Equal(other.Flops, net.FlopsFor(33));
        net.Initialize(RandomStream.Root(1));
        using var constant = no_grad();
        net.eval();
        Assert.Equal([2, 512], net.Features(rand(2, 3, 33, 33)).shape);
    }

    [Theory, Trait("Category", "Golden")]
    [MemberData(nameof(GoldenCases.Of), "finetune-optimizers", MemberType = typeof(GoldenCases))]
    public void Positions_in_a_pass_are_those_that_MAE_interpolates(string folder)
    {
        var golden = new GoldenCase(folder);
        var (inputs, outputs) = (golden.Read("inputs"), golden.Read("outputs"));
        foreach (var pair in golden.Json.GetProperty("positions").EnumerateArray())
        {
            var (from, to) = (pair[0].GetInt32(), pair[1].GetInt32());
            var table = inputs[$"positions.{from}to{to}.in"].view(1, 1 + from * from, -1);
            var expected = outputs[$"positions.{from}to{to}.out"].view(1, 1 + to * to, -1);
            GoldenAssert.Close(expected.narrow(1, 1, to * to),
                PositionTable.Resized(table.narrow(1, 1, from * from), new(from, from), new(to, to)), 1e-5,
                $"{from} to {to}");
        }
    }
}
