using TorchSharp;
using static TorchSharp.torch;

namespace Rils.PixelTarget;

/// <summary>What the decoder should predict: the pixels of hidden patches, fp32 whatever the model computes in.</summary>
static class PixelPatches
{
    // Added to the variance, as in MAE's code.
    const double Epsilon = 1e-6;

    /// <summary>Pixels of patches, each ordered (row, column, channel) as MAE's code has them.</summary>
    /// <param name="pixels"><c>[batch, 3, size, size]</c>.</param>
    /// <param name="images">Numbers in the batch, int64 <c>[selected]</c>.</param>
    /// <param name="patches">Patch numbers, int64 <c>[selected, picked]</c>.</param>
    /// <param name="shape">How images are cut.</param>
    /// <returns><c>[selected, picked, 3 · patch²]</c>.</returns>
    public static Tensor Pick(Tensor pixels, Tensor images, Tensor patches, BackboneShape shape)
    {
        using var scope = NewDisposeScope();
        var (grid, side) = (shape.Grid, shape.PatchSize);
        var cut = pixels.reshape(pixels.shape[0], 3, grid.Rows, side, grid.Columns, side).permute(0, 2, 4, 3, 5, 1);
        // One index over a view: the patches that nobody wants are never copied.
        var picked = cut.index(images.unsqueeze(1), patches.floor_divide(grid.Columns), patches.remainder(grid.Columns));
        return picked.flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>Each patch less its mean, by its standard deviation (He et al. 2022, section 3): the unbiased one, which MAE's code takes.</summary>
    /// <param name="patches"><c>[..., 3 · patch²]</c>.</param>
    /// <param name="floor">The smallest variance that a patch is divided by.</param>
    public static Tensor Normalize(Tensor patches, double floor)
    {
        using var scope = NewDisposeScope();
        var centred = patches - patches.mean([-1L], keepdim: true);
        var variance = centred.square().sum(-1, keepdim: true).div_(patches.shape[^1] - 1);
        return centred.div_(variance.clamp_min_(floor).add_(Epsilon).sqrt_()).MoveToOuterDisposeScope();
    }
}
