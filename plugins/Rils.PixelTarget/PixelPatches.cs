using TorchSharp;
using static TorchSharp.torch;

namespace Rils.PixelTarget;

/// <summary>The pixels of patches, which the decoder predicts: fp32 whatever type the model computes in.</summary>
static class PixelPatches
{
    // Added to the variance, as in MAE's code.
    const double Epsilon = 1e-6;

    /// <summary>Picks the pixels of patches, each patch in the order (row, column, channel) of MAE's code.</summary>
    /// <param name="pixels"><c>[batch, 3, size, size]</c>.</param>
    /// <param name="images">The images' numbers in the batch, int64 <c>[selected]</c>.</param>
    /// <param name="patches">Patch numbers, int64 <c>[selected, picked]</c>.</param>
    /// <param name="shape">How images are cut into patches.</param>
    /// <returns><c>[selected, picked, 3 · patch²]</c>.</returns>
    public static Tensor Pick(Tensor pixels, Tensor images, Tensor patches, PatchShape shape)
    {
        using var scope = NewDisposeScope();
        var (grid, side) = (shape.Grid, shape.PatchSize);
        var cut = pixels.reshape(pixels.shape[0], 3, grid.Rows, side, grid.Columns, side).permute(0, 2, 4, 3, 5, 1);
        // One index over a view: patches that are not picked are never copied.
        var width = Constant.Of(grid.Columns);
        var (rows, columns) = (patches.floor_divide(width), patches.remainder(width));
        var picked = cut.index(images.unsqueeze(1), rows, columns);
        return picked.flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>Subtracts each patch's mean and divides by its standard deviation (He et al. 2022), the
    /// unbiased one, as in MAE's code.</summary>
    /// <param name="patches"><c>[..., 3 · patch²]</c>.</param>
    /// <param name="floor">The least variance; a smaller one is raised to it.</param>
    public static Tensor Normalize(Tensor patches, double floor)
    {
        using var scope = NewDisposeScope();
        var centred = patches - patches.mean([-1L], keepdim: true);
        return centred.div_(Spread(centred, floor)).MoveToOuterDisposeScope();
    }

    /// <summary>Undoes <see cref="Normalize"/>: turns predictions into pixels by the true patches' means and standard
    /// deviations.</summary>
    /// <param name="predicted"><c>[..., 3 · patch²]</c>.</param>
    /// <param name="patches">The true patches, of the same shape.</param>
    /// <param name="floor">The <c>floor</c> of <see cref="Normalize"/>.</param>
    public static Tensor Restore(Tensor predicted, Tensor patches, double floor)
    {
        using var scope = NewDisposeScope();
        var mean = patches.mean([-1L], keepdim: true);
        return (predicted * Spread(patches - mean, floor)).Plus(mean).MoveToOuterDisposeScope();
    }

    /// <summary>Joins patches to images: undoes a <see cref="Pick"/> of all patches in order.</summary>
    /// <param name="patches"><c>[images, patches, 3 · patch²]</c>.</param>
    /// <param name="shape">How images are cut into patches.</param>
    /// <returns><c>[images, 3, rows · side, columns · side]</c>.</returns>
    public static Tensor Join(Tensor patches, PatchShape shape)
    {
        using var scope = NewDisposeScope();
        var (grid, side) = (shape.Grid, shape.PatchSize);
        return patches.reshape(patches.shape[0], grid.Rows, grid.Columns, side, side, 3).permute(0, 5, 1, 3, 2, 4)
            .reshape(patches.shape[0], 3, grid.Rows * side, grid.Columns * side).MoveToOuterDisposeScope();
    }

    /// <summary>The divisor of patches whose means are subtracted, <c>[..., 1]</c>.</summary>
    static Tensor Spread(Tensor centred, double floor) =>
        (centred * centred).sum(-1, keepdim: true).div_(Constant.Of(centred.shape[^1] - 1))
            .clamp_min_(Constant.Of(floor)).add_(Constant.Of(Epsilon), Constant.Of(1)).sqrt_();
}
