using TorchSharp;
using static TorchSharp.torch;

namespace Rils.PixelTarget;

/// <summary>Reconstruction of pixels (He et al. 2022): the mean squared error of each hidden patch, averaged
/// over these patches.</summary>
static class PixelLoss
{
    /// <summary>Adds the loss term <c>pixel</c>, in fp32. Nothing waits for the device. Visible patches and the class
    /// token get no gradient. With no image selected the loss and its gradients are 0.</summary>
    public static void Loss(
        in PixelTargetOptions options, in PatchShape shape, in Images images, in PatchPrediction prediction,
        in Maybe<ImageSelection> selection, in BatchParts parts, Append<LossTerm> losses)
    {
        var (own, cut, pixels, hidden) = (options, shape, images.Pixels, prediction.Mask.Hidden);
        var numbers = selection.TryGet(out var selected) ? selected.Images
            : Constant.Count(hidden.size(0), hidden.device);
        var prefix = prediction.Prefix;
        var errors = parts.Run(null,
            part => Errors(part[0], prefix, part[1], Target(own, cut, pixels, part[1], part[2])),
            [prediction.Tokens, hidden, numbers]);
        // All patches have the same size, so the mean of their means is the mean of all numbers.
        var error = errors.sum() / Constant.Of(Math.Max(1, hidden.numel() * prediction.Tokens.size(2)));
        losses.Add(new("pixel", error, options.Weight));
    }

    /// <summary>Sums each image's squared errors, fp32 <c>[images]</c>.</summary>
    static Tensor Errors(Tensor tokens, int prefix, Tensor hidden, Tensor target)
    {
        using var scope = NewDisposeScope();
        var difference = ImageTokens.Pick(tokens, hidden, prefix).to(ScalarType.Float32) - target;
        return (difference * difference).sum([1L, 2L]).MoveToOuterDisposeScope();
    }

    /// <summary>The pixels of hidden patches, normalised where the options ask for it: fp32 <c>[images, hidden, 3 ·
    /// patch²]</c>.</summary>
    static Tensor Target(PixelTargetOptions options, PatchShape shape, Tensor pixels, Tensor hidden, Tensor numbers)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var patches = PixelPatches.Pick(pixels, numbers, hidden, shape);
        return (options.Normalize ? PixelPatches.Normalize(patches, options.VarianceFloor) : patches)
            .MoveToOuterDisposeScope();
    }
}
