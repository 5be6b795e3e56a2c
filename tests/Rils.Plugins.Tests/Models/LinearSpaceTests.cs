using Rils.Contract;
using Rils.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

public sealed class LinearSpaceTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly BackboneShape backbone = new(8);

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2.5, 2.5)]
    [InlineData(5, 4.6052)]
    public void The_clamp_writes_through_to_the_flat_buffer(double before, double after)
    {
        SharedSpace space = new LinearSpace(new(), new(backbone, null));
        var flat = full(4, (float)before).DetachFromDisposeScope();
        using (no_grad()) space.get_parameter("logit_scale")!.set_(flat.narrow(0, 2, 1).view());
        var weights = new Weights([], new Dictionary<string, Tensor>(), new Dictionary<string, Tensor>());
        LinearSpacePlugin.Clamp(in space, ref weights);
        Assert.Equal([(float)before, (float)before, (float)after, (float)before], flat.data<float>().ToArray());
    }

    [Fact]
    public void Without_text_there_is_no_text_projection()
    {
        var space = new LinearSpace(new() { Dim = 4 }, new(backbone, null));
        Assert.Equal(["image_projection", "logit_scale"], space.named_parameters().Select(item => item.name).Order());
        Assert.Throws<InvalidOperationException>(() => space.ProjectTexts(ones(1, 8)));
    }

    [Fact]
    public void The_logit_scale_learns()
    {
        var space = new LinearSpace(new() { Dim = 4 }, new(backbone, new(6, 12)));
        space.LogitScale.backward();
        Assert.Equal(1 / 0.07, space.get_parameter("logit_scale")!.grad!.item<float>(), 1e-4);
    }

    [Fact]
    public void A_projection_is_a_product_without_bias()
    {
        var space = new LinearSpace(new() { Dim = 4 }, new(backbone, new(6, 12)));
        space.Initialize(RandomStream.Root(1));
        Assert.Equal([2, 3, 4], space.ProjectImages(ones(2, 3, 8)).shape);
        var (texts, weight) = (rand(5, 6), space.get_parameter("text_projection")!);
        Assert.True(texts.mm(weight).Equals(space.ProjectTexts(texts)));
    }
}
