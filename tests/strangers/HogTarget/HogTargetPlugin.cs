using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

public sealed class HogTargetPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils
        .Target<HogOptions>("hog").System(Stage.Setup, "hog.setup", Setup).System(Stage.Objective, "hog.loss", Loss);

    static void Setup(in HogOptions options, in PatchShape patches, in Seed seed,
        out TargetShape shape, out HogProjection made, Append<Trainable> trained)
    {
        using var constant = no_grad();
        (shape, made) = (new(options.Width), new(nn.Linear(options.Width, options.Bins, false), patches.Grid.Count));
        Initialization.XavierUniform(made.Linear.weight!, seed.Initialization("hog").Fork("weight"));
        trained.Add(new("hog.", made.Linear));
    }

    static void Loss(in HogOptions options, in HogProjection projection, in PatchShape shape, in Images images,
        in PatchPrediction prediction, in BatchParts cut, Append<LossTerm> losses)
    {
        var (linear, hidden) = (projection.Linear, prediction.Hidden);
        var predicted = cut.Run(linear, parts => linear.forward(parts[0].to(linear.weight!.dtype)), [hidden], []);
        var places = prediction.Mask.Hidden.unsqueeze(-1).expand(-1, -1, options.Bins);
        var wanted = Histograms(images.Pixels, shape.PatchSize, options.Bins).gather(1, places);
        losses.Add(new("hog", nn.functional.mse_loss(predicted.to(ScalarType.Float32), wanted), options.Weight));
    }

    // Orientations of each patch's gradients, weighted by length: unit vectors [images, patches, bins].
    static Tensor Histograms(Tensor pixels, int patch, int bins)
    {
        using var constant = no_grad();
        var side = pixels.shape[2];
        var grey = nn.functional.pad(pixels.mean([1L], true), [1, 1, 1, 1], PaddingModes.Replicate);
        var across = grey.narrow(2, 1, side).narrow(3, 2, side) - grey.narrow(2, 1, side).narrow(3, 0, side);
        var down = grey.narrow(2, 2, side).narrow(3, 1, side) - grey.narrow(2, 0, side).narrow(3, 1, side);
        var bin = (down.atan2(across) * (bins / double.Pi)).floor().remainder(bins).to(ScalarType.Int64); // half a turn
        var votes = zeros_like(across).repeat(1, bins, 1, 1).scatter_(1, bin, across.hypot(down));
        return nn.functional.normalize(nn.functional.avg_pool2d(votes, patch).flatten(2).transpose(1, 2), dim: -1);
    }
}

public sealed record HogOptions
{
    /// <summary>Number of orientations, which divide half a turn.</summary>
    [Range(2, 360)]
    public int Bins { get; init; } = 9;
    /// <summary>Width of the decoder's output, of which the projection makes histograms.</summary>
    [Range(1, 65536)]
    public int Width { get; init; } = 96;
    /// <summary>Factor of this term in the loss.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}

sealed record HogProjection(Linear Linear, int Patches) : IBackedBy<Weights>, ICountsFlops
{
    public long Flops(int visible) => 2 * (Patches - visible) * Linear.weight!.numel();
}
