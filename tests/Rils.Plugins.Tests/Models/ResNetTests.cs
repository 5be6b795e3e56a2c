using Rils.Contract;
using Rils.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Backbone = Rils.Models.ResNet;

namespace Rils.Tests.Plugins.Models;

/// <summary>The residual networks, against TorchVision's own model and torchvision's published figures.</summary>
public sealed class ResNetTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    static Backbone Drawn(int depth, int size)
    {
        var backbone = new Backbone(new() { Depth = depth }, size);
        backbone.Initialize(RandomStream.Root(3));
        return backbone;
    }

    static Tensor Images(int count, int size)
    {
        var images = zeros(count, 3, size, size);
        Initialization.Normal(images, 1, RandomStream.Root(4));
        return images;
    }

    /// <summary>TorchVision's model with our weights. The classifier is the identity, so that the model gives the
    /// feature.</summary>
    static nn.Module<Tensor, Tensor> Whole(Backbone backbone)
    {
        var width = backbone.Shape.Width;
        var whole = width == 512 ? torchvision.models.resnet18(width) : torchvision.models.resnet50(width);
        using var constant = no_grad();
        var own = backbone.named_parameters().Select(found => (found.name, value: (Tensor)found.parameter))
            .Concat(backbone.named_buffers().Select(found => (found.name, value: found.buffer)))
            .ToDictionary(found => found.name, found => found.value);
        foreach (var (name, value) in whole.state_dict())
            if (name == "fc.weight") value.copy_(eye(width));
            else if (name == "fc.bias") value.zero_();
            else value.copy_(own[name]);
        return whole;
    }

    [Theory]
    [InlineData(18, 11_176_512)]
    [InlineData(50, 23_508_032)]
    public void Parameters_are_torchvisions_without_the_classifier(int depth, long count)
    {
        var backbone = Drawn(depth, 32);
        Assert.Equal(count, backbone.parameters().Sum(parameter => parameter.numel()));
        var names = backbone.named_parameters().Select(parameter => parameter.name).ToHashSet();
        foreach (var name in (string[])["conv1.weight", "bn1.bias", "layer1.0.conv1.weight",
            "layer2.0.downsample.0.weight", "layer2.0.downsample.1.bias", "layer4.1.bn2.weight"])
            Assert.Contains(name, names);
        Assert.DoesNotContain(names, name => name.StartsWith("fc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(18, true)]
    [InlineData(18, false)]
    [InlineData(50, true)]
    [InlineData(50, false)]
    public void Features_are_those_of_torchvisions_model(int depth, bool training)
    {
        using var constant = no_grad();
        var (backbone, images) = (Drawn(depth, 64), Images(4, 64));
        // Statistics that differ from those of a new model.
        backbone.Features(images + 1);
        var whole = Whole(backbone);
        backbone.train(training);
        whole.train(training);
        var (expected, found) = (whole.forward(images), backbone.Features(images));
        Assert.Equal([4, backbone.Shape.Width], found.shape);
        Assert.True(found.allclose(expected, 1e-4, 1e-5));
        Assert.True(found.std().item<float>() > 0);
        var (moved, own) = (whole.get_buffer("bn1.running_mean")!, backbone.get_buffer("bn1.running_mean")!);
        Assert.True(moved.Equals(own));
    }

    /// <summary>torchvision's tables of weights give 1.814 · 10^9 multiply-adds for ResNet-18 at 224 pixels, and 4.089
    /// for ResNet-50 with the stride in the 3 x 3 layers, with the classifier's 0.0005 and 0.002.</summary>
    [Theory]
    [InlineData(18, 1.814, 0.0005)]
    [InlineData(50, 4.089, 0.002)]
    public void Operations_are_the_published_ones(int depth, double published, double classifier) =>
        Assert.Equal(published - classifier, new Backbone(new() { Depth = depth }, 224).Flops / 2e9, 0.002);

    [Theory]
    [InlineData(18, 32)]
    [InlineData(50, 45)]
    public void Maps_have_the_declared_sizes_and_the_feature_is_the_mean_of_the_last(int depth, int size)
    {
        using var constant = no_grad();
        var (backbone, images) = (Drawn(depth, size), Images(2, size));
        backbone.eval();
        var maps = backbone.EncodeMaps(images);
        Assert.Equal([4, 8, 16, 32], backbone.Maps.Select(map => map.Stride));
        Assert.Equal(backbone.Shape.Width, backbone.Maps[^1].Width);
        foreach (var (map, declared) in maps.Zip(backbone.Maps))
        {
            var side = (size + declared.Stride - 1) / declared.Stride;
            Assert.Equal([2, declared.Width, side, side], map.shape);
        }
        Assert.True(backbone.Features(images).allclose(maps[^1].mean([2L, 3L])));
    }

    [Fact]
    public void Convolutions_start_with_the_variance_of_their_fan_out_and_each_from_a_stream_of_its_own()
    {
        var (backbone, again) = (Drawn(50, 32), Drawn(50, 32));
        foreach (var ((name, parameter), (_, same)) in backbone.named_parameters().Zip(again.named_parameters()))
        {
            Assert.True(parameter.Equals(same), name);
            if (parameter.dim() < 4)
            {
                Assert.True(parameter.eq(name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0).all().item<bool>());
                continue;
            }
            var fanOut = parameter.shape[0] * parameter.shape[2] * parameter.shape[3];
            Assert.Equal(1, parameter.square().mean().item<float>() * fanOut / 2, 0.05);
        }
        var alone = zeros(64, 3, 7, 7);
        Initialization.Normal(alone, Math.Sqrt(2.0 / (64 * 49)), RandomStream.Root(3).Fork("conv1.weight"));
        Assert.True(alone.Equals(backbone.get_parameter("conv1.weight")!));
    }

    [Fact]
    public void A_pass_leaves_one_tensor_behind_and_changes_no_image()
    {
        using var constant = no_grad();
        using var own = NewDisposeScope();
        var (backbone, images) = (Drawn(18, 32), Images(2, 32));
        var before = images.clone();
        var count = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        backbone.Features(images);
        Assert.Equal(count + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(before.Equals(images));
    }

    /// <summary>Batch norm keeps fp32 parameters on a CPU.</summary>
    [Fact]
    public void Convolutions_in_bf16_give_features_and_gradients_in_bf16()
    {
        var backbone = Drawn(18, 32);
        foreach (var layer in backbone.modules().OfType<Conv2d>()) layer.to(ScalarType.BFloat16);
        var features = backbone.Features(Images(4, 32));
        Assert.Equal(ScalarType.BFloat16, features.dtype);
        features.to(ScalarType.Float32).square().sum().backward();
        Assert.All(backbone.parameters(), parameter =>
            Assert.True(parameter.grad is { } gradient && gradient.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Another_depth_is_refused() => Assert.Contains("depth must be 18 or 50",
        Assert.Throws<ArgumentException>(() => new Backbone(new() { Depth = 34 }, 32)).Message);
}
