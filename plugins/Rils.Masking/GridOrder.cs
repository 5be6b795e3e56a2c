using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Keeps a regular grid of patches (He et al. 2022, section 4.1, "grid-wise sampling"): at 0.75 one of each 2 x 2, at 0.5 a
/// chessboard, at 0.9375 one of each 4 x 4.</summary>
/// <remarks>The order is that of a Bayer matrix (Bayer 1973), in which each prefix is as evenly spread as its length allows; so ratios between
/// these, and images that the cells do not divide, keep what the sparser grid has and a part of the next. It starts at the patch with the
/// least noise, which is all that differs between images.</remarks>
static class GridOrder
{
    /// <summary>From noise, fp32 <c>[batch, patches]</c>, to scores, int64 <c>[batch, patches]</c>: what stays visible longest has the
    /// smallest.</summary>
    public static Tensor Scores(Tensor noise, PatchGrid grid)
    {
        using var scope = NewDisposeScope();
        var start = noise.argmin(1, keepdim: true);
        var y = From(start.div(grid.Columns, RoundingMode.floor), grid.Rows).unsqueeze(2);
        var x = From(start.remainder(grid.Columns), grid.Columns).unsqueeze(1);
        var scores = zeros(noise.shape[0], grid.Rows, grid.Columns, ScalarType.Int64, noise.device);
        // Neighbours differ in their lowest bits, which therefore weigh most. The period is at least the image's side: no two patches have one score.
        for (var side = 1; side < Math.Max(grid.Rows, grid.Columns); side *= 2)
        {
            var (row, column) = (Bit(y, side), Bit(x, side));
            scores = scores * 4 + (row + column).remainder(2) * 2 + row;
        }
        return scores.flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>Rows counted from the first one, <c>[batch, rows]</c>, the period added so that none is negative.</summary>
    static Tensor From(Tensor start, int rows) => arange(rows, ScalarType.Int64, start.device) - start + (1 << 24);

    static Tensor Bit(Tensor values, int place) => values.div(place, RoundingMode.floor).remainder(2);
}
