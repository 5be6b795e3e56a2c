using TorchSharp;
using static TorchSharp.torch;

namespace Rils.PixelTarget;

/// <summary>Reconstruction of pixels (He et al. 2022, section 3): the mean squared error of every hidden patch, its mean over these patches.</summary>
static class PixelLoss
{
    /// <summary>Adds the loss term <c>pixel</c>, in fp32. Nothing waits for the device. Visible patches and the class token get no gradient; with no
    /// image selected the loss is 0 and so are its gradients.</summary>
    public static void Loss(
        in PixelTargetOptions options, in BackboneShape shape, in Images images, in PatchPrediction prediction, in Maybe<ImageSelection> selection,
        Append<LossTerm> losses)
    {
        using var scope = NewDisposeScope();
        var target = Target(options, shape, images.Pixels, prediction.Mask.Hidden, selection.TryGet(out var selected) ? selected.Images : null);
        var difference = prediction.Hidden.to(ScalarType.Float32) - target;
        // All patches are of one size, so the mean of their means is the mean of all.
        var error = difference.square().sum() / Math.Max(1, difference.numel());
        losses.Add(new("pixel", error.MoveToOuterDisposeScope(), options.Weight));
    }

    static Tensor Target(PixelTargetOptions options, BackboneShape shape, Tensor pixels, Tensor hidden, Tensor? selected)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var patches = PixelPatches.Pick(pixels, selected ?? arange(hidden.shape[0], ScalarType.Int64, hidden.device), hidden, shape);
        return (options.Normalize ? PixelPatches.Normalize(patches, options.VarianceFloor) : patches).MoveToOuterDisposeScope();
    }
}
