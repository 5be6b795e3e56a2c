using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Hides one rectangle after the other, row by row, until enough is hidden (Bao et al. 2022, algorithm 1).</summary>
/// <remarks>Every patch has a rectangle that covers it; the patch with the most noise goes first, and the low bits of its noise are the shape.
/// The areas are evenly spread between iBOT's least, (shorter side / 3)^2 patches, and BEiT's most, 0.4 of the image; height to width is
/// log-uniform in 0.3 to 1/0.3, as both have it. Unlike there a rectangle does not depend on what is still to be hidden, so that masks of two
/// ratios are nested, and the last one is cut at its bottom, so that every image hides equally many.</remarks>
static class BlockOrder
{
    /// <summary>Area of the largest rectangle, as a share of the image.</summary>
    const double Largest = 0.4;

    /// <summary>Smallest ratio of height to width; its inverse is the largest.</summary>
    const double Aspect = 0.3;

    /// <summary>Noise has 24 bits: the upper 12 decide the order, 6 each the area and the ratio of the sides.</summary>
    const int Order = 1 << 12, Shape = 1 << 6;

    /// <summary>Numbers in the largest tensor, patches x patches for each image.</summary>
    const int Piece = 1 << 22;

    /// <summary>From noise, fp32 <c>[batch, patches]</c>, to scores, int64 <c>[batch, patches]</c>: what is hidden first has the largest.</summary>
    public static Tensor Scores(Tensor noise, PatchGrid grid)
    {
        using var scope = NewDisposeScope();
        var images = Math.Max(1, Piece / (grid.Count * grid.Count));
        return cat([.. noise.split(images).Select(part => OfImages(part, grid))]).MoveToOuterDisposeScope();
    }

    static Tensor OfImages(Tensor noise, PatchGrid grid)
    {
        using var scope = NewDisposeScope();
        var (height, width) = Sides(noise, grid);
        var patch = arange(grid.Count, ScalarType.Int64, noise.device);
        var inRows = Within(patch.div(grid.Columns, RoundingMode.floor), height, grid.Rows);
        var inColumns = Within(patch.remainder(grid.Columns), width, grid.Columns);
        var rank = noise.argsort(dim: 1, descending: true).argsort(dim: 1).to(ScalarType.Int32);
        // [images, rectangles, rows, columns]; each patch is covered by its own rectangle at least.
        var covers = inRows.unsqueeze(3).logical_and(inColumns.unsqueeze(2));
        var first = where(covers, rank.unsqueeze(2).unsqueeze(3), full([], grid.Count, ScalarType.Int32, noise.device)).amin([1L]).flatten(1);
        return (first.to(ScalarType.Int64) * grid.Count + patch).neg().MoveToOuterDisposeScope();
    }

    /// <summary>Height and width of each rectangle, in patches, fp32 <c>[images, patches]</c>.</summary>
    static (Tensor Height, Tensor Width) Sides(Tensor noise, PatchGrid grid)
    {
        var side = Math.Max(1, Math.Min(grid.Rows, grid.Columns) / 3);
        var (least, most) = (side * side, Math.Max(side * side, Largest * grid.Count));
        var bits = (noise * Order).frac() * Shape;
        var area = bits.floor() * ((most - least) / (Shape - 1)) + least;
        var aspect = (bits.frac() * (-2 * Math.Log(Aspect)) + Math.Log(Aspect)).exp();
        return ((area * aspect).sqrt().round().clamp(1, grid.Rows), (area / aspect).sqrt().round().clamp(1, grid.Columns));
    }

    /// <summary>Which rows a rectangle covers: bool <c>[images, patches, rows]</c>. Where it starts is evenly spread, and such that it covers its
    /// own patch.</summary>
    /// <param name="row">The row of each patch, int64 <c>[patches]</c>.</param>
    /// <param name="height">Of its rectangle, <c>[images, patches]</c>.</param>
    /// <param name="rows">Of the image.</param>
    static Tensor Within(Tensor row, Tensor height, int rows)
    {
        var size = height.to(ScalarType.Int64);
        var start = ((row * 2 + 1) * (size.neg() + (rows + 1))).div(2 * rows, RoundingMode.floor);
        var at = arange(rows, ScalarType.Int64, row.device);
        return at.ge(start.unsqueeze(2)).logical_and(at.lt((start + size).unsqueeze(2)));
    }
}
