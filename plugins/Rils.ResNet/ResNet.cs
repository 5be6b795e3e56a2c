using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>A residual network (He et al. 2016) made of TorchVision's layers, under torchvision's names, without the
/// classifier.</summary>
public sealed class ResNet : Backbone, IFeatureMaps, ILayeredFeatures, IOtherSizes, ILooksAcrossSamples
{
    internal const int Stages = 4;

    const int FirstStride = 4;

    readonly int imageSize;
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Sequential layer1, layer2, layer3, layer4;

    /// <summary>Makes a backbone whose parameters still have to be drawn.</summary>
    /// <param name="options">The depth.</param>
    /// <param name="imageSize">Side of the square images, in pixels; for the count of operations.</param>
    /// <exception cref="ArgumentException">The depth is neither 18 nor 50.</exception>
    public ResNet(ResNetOptions options, int imageSize) : base("resnet")
    {
        (Shape, this.imageSize) = (options.ShapeFor(imageSize), imageSize);
        var layers = Layers(options.Depth);
        (conv1, bn1) = ((Conv2d)layers["conv1"], (BatchNorm2d)layers["bn1"]);
        Sequential Stage(int number) => (Sequential)layers[$"layer{number}"];
        (layer1, layer2, layer3, layer4) = (Stage(1), Stage(2), Stage(3), Stage(4));
        Maps = [.. Enumerable.Range(0, Stages).Select(stage =>
            new FeatureMapShape(options.Expansion * (64 << stage), FirstStride << stage))];
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override BackboneShape Shape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureMapShape> Maps { get; }

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Pool(EncodeMaps(images)[^1]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>The layers are the four stages.</remarks>
    public IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers)
    {
        using var scope = NewDisposeScope();
        var maps = EncodeMaps(images);
        return [.. layers.Select(layer => Pool(maps[layer - 1]).MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> EncodeMaps(Tensor images)
    {
        using var scope = NewDisposeScope();
        var stem = bn1.forward(conv1.forward(images.to(conv1.weight!.dtype))).relu_();
        List<Tensor> maps = [nn.functional.max_pool2d(stem, 3, stride: 2, padding: 1)];
        foreach (var stage in (Sequential[])[layer1, layer2, layer3, layer4]) maps.Add(stage.forward(maps[^1]));
        return [.. maps.Skip(1).Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Draws convolutions as torchvision's <c>resnet.py</c> does: normal, with the variance 2 / fan out
    /// (<c>kaiming_normal_(mode="fan_out")</c>); norms start at 1 and 0.</summary>
    /// <param name="random">The stream of the slot; each parameter has a stream of its own.</param>
    public override void Initialize(RandomStream random)
    {
        using var constant = no_grad();
        foreach (var (name, parameter) in named_parameters())
            if (parameter.dim() == 4)
                Initialization.KaimingNormal(parameter, random.Fork(name));
            else parameter.fill_(Constant.Of(name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0));
    }

    /// <inheritdoc/>
    /// <remarks>Counts the convolutions; norms and pooling are a hundredth of the whole.</remarks>
    public override long Flops => FlopsFor(imageSize);

    /// <inheritdoc/>
    public string? SizeMistake(int size) => null;

    /// <inheritdoc/>
    public long FlopsFor(int size) => named_parameters().Where(parameter => parameter.parameter.dim() == 4)
        .Sum(parameter => 2 * parameter.parameter.numel() * Places(parameter.name, size));

    static Tensor Pool(Tensor map) => map.mean([2L, 3L]);

    /// <summary>The number of places in the map that a convolution makes.</summary>
    long Places(string name, int size)
    {
        // The 1 x 1 layer at the head of a bottleneck's stage comes before the layer that halves the map.
        var stride = name == "conv1.weight" ? FirstStride / 2 : FirstStride << (name["layer".Length] - '1');
        if (Maps[0].Width > 64 && stride > FirstStride && name.EndsWith(".0.conv1.weight", StringComparison.Ordinal))
            stride /= 2;
        long side = (size + stride - 1) / stride;
        return side * side;
    }

    /// <summary>The layers of TorchVision's model by name, without the classifier.</summary>
    static Dictionary<string, nn.Module> Layers(int depth)
    {
        nn.Module model = depth switch
        {
            18 => torchvision.models.resnet18(num_classes: 1),
            50 => torchvision.models.resnet50(num_classes: 1),
            _ => throw new ArgumentException($"[backbone] depth = {depth}: depth must be 18 or 50"),
        };
        return model.named_children().ToDictionary(child => child.name, child => child.module);
    }
}
