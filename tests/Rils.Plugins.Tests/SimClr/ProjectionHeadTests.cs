using Rils.Contract;
using Rils.SimClr;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.SimClr;

public sealed class ProjectionHeadTests
{
    static readonly SimClrOptions options = new() { Hidden = 12, Dim = 3 };

    [Fact]
    public void It_is_three_layers_with_batch_norm_and_ReLU_between_them()
    {
        using var head = Head();
        using var scope = NewDisposeScope();
        var p = head.state_dict();
        var features = Draws.Leaf("features", 6, 5);
        Tensor Layer(Tensor x, int i) => x.matmul(p[$"layer{i}.weight"].t()) + p[$"layer{i}.bias"];
        Tensor Norm(Tensor x) => ((x - x.mean([0L])) / (x.var(0, unbiased: false) + 1e-5).sqrt()).relu();
        var expected = Layer(Norm(Layer(Norm(Layer(features, 1)), 2)), 3);
        GoldenAssert.Close(expected, head.Project(features), 1e-5, "projection");
    }

    [Fact]
    public void Each_projection_moves_the_running_statistics_a_tenth_of_the_way()
    {
        using var head = Head();
        using var scope = NewDisposeScope();
        var p = head.state_dict();
        var features = Draws.Normal("features", 6, 5);
        var hidden = features.matmul(p["layer1.weight"].t()) + p["layer1.bias"];
        head.Project(features);
        GoldenAssert.Close(0.1 * hidden.mean([0L]), p["bn1.running_mean"], 1e-5, "mean");
        GoldenAssert.Close(0.9 + 0.1 * hidden.var(0, unbiased: true), p["bn1.running_var"], 1e-5, "variance");
        head.Project(features);
        Assert.Equal(2, p["bn2.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Names_are_those_of_SLIP_and_layers_are_drawn_as_PyTorch_draws_them()
    {
        using var head = Head();
        Assert.Equal(["bn1.bias", "bn1.num_batches_tracked", "bn1.running_mean", "bn1.running_var", "bn1.weight",
            "bn2.bias", "bn2.num_batches_tracked", "bn2.running_mean",
            "bn2.running_var", "bn2.weight", "layer1.bias", "layer1.weight", "layer2.bias", "layer2.weight",
            "layer3.bias", "layer3.weight"], head.state_dict().Keys.Order(StringComparer.Ordinal));
        using var scope = NewDisposeScope();
        foreach (var (name, bound) in ((string, double)[])[("layer1.weight", 1 / Math.Sqrt(5)),
            ("layer2.weight", 1 / Math.Sqrt(12)), ("layer2.bias", 1 / Math.Sqrt(12))])
        {
            var values = head.state_dict()[name];
            Assert.InRange(values.abs().max().item<float>(), 0.75 * bound, bound);
            Assert.InRange(values.min().item<float>(), -bound, -0.5 * bound);
        }
    }

    static ProjectionHead Head()
    {
        var head = new ProjectionHead(5, options, views: 2);
        head.Initialize(RandomStream.Root(1));
        return head;
    }
}
