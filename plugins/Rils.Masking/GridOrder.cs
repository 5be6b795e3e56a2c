using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Keeps a regular grid of patches (He et al. 2022, "grid-wise sampling"): at ratio 0.75 one
/// patch of each 2 x 2, at 0.5 a chessboard, at 0.9375 one patch of each 4 x 4.</summary>
/// <remarks>The order of the patches is that of a Bayer matrix (Bayer 1973), in which each prefix is as evenly spread
/// as its length allows. So a ratio between these values, and an image that the cells do not divide, keeps all patches
/// of the sparser grid and some of the next. The order starts at the patch with the least noise; images differ in
/// nothing else.</remarks>
static class GridOrder
{
    /// <summary>Scores patches by noise: the patch that stays visible longest has the smallest score.</summary>
    /// <param name="noise">In [0, 1), fp32 <c>[batch, patches]</c>.</param>
    /// <param name="grid">The rows and columns of patches of an image.</param>
    /// <returns>int64 <c>[batch, patches]</c>.</returns>
    public static Tensor Scores(Tensor noise, PatchGrid grid)
    {
        using var scope = NewDisposeScope();
        var start = noise.argmin(1, keepdim: true);
        var y = From(start.div(Constant.Of(grid.Columns), RoundingMode.floor), grid.Rows).unsqueeze(2);
        var x = From(start.remainder(Constant.Of(grid.Columns)), grid.Columns).unsqueeze(1);
        var scores = zeros(noise.shape[0], grid.Rows, grid.Columns, ScalarType.Int64, noise.device);
        // Neighbours differ in their lowest bits, so these weigh most. The period is at least the image's side, so no
        // two patches have the same score.
        for (var side = 1; side < Math.Max(grid.Rows, grid.Columns); side *= 2)
        {
            var (row, column) = (Bit(y, side), Bit(x, side));
            var odd = row.Plus(column).remainder(Constant.Of(2));
            scores = (scores * Constant.Of(4)).Plus(odd * Constant.Of(2)).Plus(row);
        }
        return scores.flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>Numbers rows from the first one: <c>[batch, rows]</c>. A multiple of the period is added so that no
    /// number is negative.</summary>
    static Tensor From(Tensor start, int rows) =>
        (Constant.Count(rows, start.device) - start).Plus(Constant.Of(1 << 24));

    static Tensor Bit(Tensor values, int place) =>
        values.div(Constant.Of(place), RoundingMode.floor).remainder(Constant.Of(2));
}
