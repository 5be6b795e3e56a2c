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
        return centred.div_(Spread(centred, floor)).MoveToOuterDisposeScope();
    }

    /// <summary>Undoes <see cref="Normalize"/>: pixels from what was predicted, by the mean and deviation of the true patches.</summary>
    /// <param name="predicted"><c>[..., 3 · patch²]</c>.</param>
    /// <param name="patches">The true ones, of the same shape.</param>
    /// <param name="floor">As it was there.</param>
    public static Tensor Restore(Tensor predicted, Tensor patches, double floor)
    {
        using var scope = NewDisposeScope();
        var mean = patches.mean([-1L], keepdim: true);
        return (predicted * Spread(patches - mean, floor) + mean).MoveToOuterDisposeScope();
    }

    /// <summary>Images of patches: undoes <see cref="Pick"/> where that picked all, in order.</summary>
    /// <param name="patches"><c>[images, patches, 3 · patch²]</c>.</param>
    /// <param name="shape">How images are cut.</param>
    /// <returns><c>[images, 3, rows · side, columns · side]</c>.</returns>
    public static Tensor Join(Tensor patches, BackboneShape shape)
    {
        using var scope = NewDisposeScope();
        var (grid, side) = (shape.Grid, shape.PatchSize);
        return patches.reshape(patches.shape[0], grid.Rows, grid.Columns, side, side, 3).permute(0, 5, 1, 3, 2, 4)
            .reshape(patches.shape[0], 3, grid.Rows * side, grid.Columns * side).MoveToOuterDisposeScope();
    }

    /// <summary>What patches less their means are divided by, <c>[..., 1]</c>.</summary>
    static Tensor Spread(Tensor centred, double floor) =>
        centred.square().sum(-1, keepdim: true).div_(centred.shape[^1] - 1).clamp_min_(floor).add_(Epsilon).sqrt_();
}
