using Rils.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>Projects an image feature to the vector that the loss compares: three linear layers, batch norm and ReLU
/// behind the first two, under SLIP's names (Mu et al. 2022; Chen et al. 2020).</summary>
sealed class ProjectionHead : nn.Module, IBackedBy<Weights>, ICountsFlops
{
    readonly Linear layer1, layer2, layer3;
    readonly BatchNorm1d bn1, bn2;
    readonly int views;

    /// <summary>Makes a head whose parameters still have to be drawn.</summary>
    /// <param name="width">Width of a feature.</param>
    /// <param name="options">The widths of the layers.</param>
    /// <param name="views">The number of views that a step projects of each image.</param>
    public ProjectionHead(int width, SimClrOptions options, int views) : base("simclr")
    {
        this.views = views;
        (layer1, bn1) = (nn.Linear(width, options.Hidden), nn.BatchNorm1d(options.Hidden));
        (layer2, bn2) = (nn.Linear(options.Hidden, options.Hidden), nn.BatchNorm1d(options.Hidden));
        layer3 = nn.Linear(options.Hidden, options.Dim);
        RegisterComponents();
    }

    /// <summary>Counts the linear layers, once for each view; the norms are left out.</summary>
    public long Flops(int visible) => views * ((Linear[])[layer1, layer2, layer3])
        .Sum(layer => TransformerFlops.Linear(1, layer.weight!.shape[1], layer.weight.shape[0]));

    /// <summary>Projects features, and moves the running statistics.</summary>
    /// <param name="features">The features of the whole batch, <c>[batch, width]</c>: batch norm compares each with all
    /// others.</param>
    /// <returns><c>[batch, dimensions]</c>, in the type of the features.</returns>
    public Tensor Project(Tensor features)
    {
        using var scope = NewDisposeScope();
        var hidden = Normalize(bn1, layer1.Apply(features)).relu().to(features.dtype);
        return layer3.Apply(Normalize(bn2, layer2.Apply(hidden)).relu().to(features.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>Draws the linear layers as PyTorch does by default, uniform in ±1/√inputs, each tensor from
    /// <c>random.Fork(its name)</c>.</summary>
    public void Initialize(RandomStream random)
    {
        foreach (var (name, layer) in ((string, Linear)[])[("layer1", layer1), ("layer2", layer2), ("layer3", layer3)])
        {
            var bound = 1 / Math.Sqrt(layer.weight!.shape[1]);
            Initialization.Uniform(layer.weight, bound, random.Fork($"{name}.weight"));
            Initialization.Uniform(layer.bias!, bound, random.Fork($"{name}.bias"));
        }
    }

    /// <summary>Normalises by the batch's own mean and variance, in fp32 whatever type the layers compute in.</summary>
    static Tensor Normalize(BatchNorm1d norm, Tensor input)
    {
        norm.num_batches_tracked!.add_(Constant.Of(1), Constant.Of(1));
        return nn.functional.batch_norm(input.to(ScalarType.Float32), norm.running_mean, norm.running_var,
            norm.weight!.to(ScalarType.Float32), norm.bias!.to(ScalarType.Float32), training: true);
    }
}
