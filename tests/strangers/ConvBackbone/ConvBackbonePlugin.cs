using System;
using System.ComponentModel.DataAnnotations;
using System.Linq;
using Rils.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

public sealed class ConvBackbonePlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Backbone<ConvOptions, ConvNet>("conv");
}

/// <summary>Convolutions of 3 x 3, stride 2, with batch norm, each twice as wide as the one before.</summary>
public sealed record ConvOptions : IBackboneOptions
{
    /// <summary>Channels of the first convolution.</summary>
    [Range(1, 1024)]
    public int Width { get; init; } = 16;

    /// <summary>Number of convolutions.</summary>
    [Range(1, 8)]
    public int Depth { get; init; } = 4;

    public BackboneShape ShapeFor(int imageSize) => new(Width << (Depth - 1));
}

sealed class ConvNet : Backbone, ILooksAcrossSamples
{
    readonly ModuleList<Conv2d> convs = new();
    readonly ModuleList<BatchNorm2d> norms = new();

    public ConvNet(ConvOptions options, ExperimentContext experiment) : base("conv")
    {
        Shape = options.ShapeFor(experiment.ImageSize);
        for (var (layer, from, side) = (0, 3, experiment.ImageSize); layer < options.Depth; layer++)
        {
            var to = options.Width << layer;
            convs.Add(nn.Conv2d(from, to, 3, stride: 2, padding: 1, bias: false));
            norms.Add(nn.BatchNorm2d(to));
            (side, from) = ((side + 1) / 2, to);
            Flops += 18L * convs[layer].weight!.shape[1] * to * side * side;
        }
        RegisterComponents();
    }

    public override BackboneShape Shape { get; }
    public override long Flops { get; }
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        foreach (var (conv, norm) in convs.Zip(norms))
            images = norm.forward(conv.forward(images.to(conv.weight!.dtype))).relu();
        return images.mean([2L, 3L]).MoveToOuterDisposeScope();
    }

    public override void Initialize(RandomStream random)
    {
        foreach (var (name, weight) in named_parameters().Where(each => each.parameter.dim() == 4)) // no norms
            Initialization.Normal(weight, Math.Sqrt(2.0 / (9 * weight.shape[1])), random.Fork(name));
    }
}
