using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Hides one rectangle after the other, row by row, until enough is hidden (Bao et al. 2022, algorithm
/// 1).</summary>
/// <remarks>Each patch has a rectangle that covers it. Rectangles hide their patches in falling order of their own
/// patch's noise, and the low bits of that noise decide a rectangle's area and sides. Areas are evenly spread between
/// iBOT's smallest, (shorter side / 3)^2 patches, and BEiT's largest, 0.4 of the image; height / width is log-uniform
/// in 0.3 to 1/0.3, as in BEiT's code. Unlike there, a rectangle does not depend on how many patches are still
/// to be hidden, so the masks of two ratios are nested; the last rectangle is cut at its bottom, so every image hides
/// equally many patches.</remarks>
static class BlockOrder
{
    /// <summary>Area of the largest rectangle, as a share of the image.</summary>
    const double Largest = 0.4;

    /// <summary>Smallest ratio of height to width; its inverse is the largest.</summary>
    const double Aspect = 0.3;

    /// <summary>Noise has 24 bits: the upper 12 decide the order of the rectangles, 6 the area, and 6 the ratio of the
    /// sides.</summary>
    const int Order = 1 << 12, Shape = 1 << 6;

    /// <summary>Numbers in the largest tensor, which has patches x patches numbers for each image.</summary>
    const int Piece = 1 << 22;

    /// <summary>Scores patches by noise: the patch that is hidden first has the largest score.</summary>
    /// <param name="noise">In [0, 1), fp32 <c>[batch, patches]</c>.</param>
    /// <param name="grid">The rows and columns of patches of an image.</param>
    /// <returns>int64 <c>[batch, patches]</c>.</returns>
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
        var patch = Constant.Count(grid.Count, noise.device);
        var inRows = Within(patch.div(Constant.Of(grid.Columns), RoundingMode.floor), height, grid.Rows);
        var inColumns = Within(patch.remainder(Constant.Of(grid.Columns)), width, grid.Columns);
        var rank = noise.argsort(dim: 1, descending: true).argsort(dim: 1).to(ScalarType.Int32);
        // [images, rectangles, rows, columns]; a rectangle covers its own patch at least.
        var covers = inRows.unsqueeze(3).logical_and(inColumns.unsqueeze(2));
        var none = full([], Constant.Of(grid.Count), ScalarType.Int32, noise.device);
        var first = where(covers, rank.unsqueeze(2).unsqueeze(3), none).amin([1L]).flatten(1);
        return (first.to(ScalarType.Int64) * Constant.Of(grid.Count)).Plus(patch).neg().MoveToOuterDisposeScope();
    }

    /// <summary>Height and width of each rectangle, in patches, fp32 <c>[images, patches]</c>.</summary>
    static (Tensor Height, Tensor Width) Sides(Tensor noise, PatchGrid grid)
    {
        var side = Math.Max(1, Math.Min(grid.Rows, grid.Columns) / 3);
        var (least, most) = (side * side, Math.Max(side * side, Largest * grid.Count));
        var bits = (noise * Constant.Of(Order)).frac() * Constant.Of(Shape);
        var area = (bits.floor() * Constant.Of((most - least) / (Shape - 1))).Plus(Constant.Of(least));
        var aspect = (bits.frac() * Constant.Of(-2 * Math.Log(Aspect))).Plus(Constant.Of(Math.Log(Aspect))).exp();
        var (height, width) = ((area * aspect).sqrt().round(), (area / aspect).sqrt().round());
        return (height.clamp(Constant.Of(1), Constant.Of(grid.Rows)),
            width.clamp(Constant.Of(1), Constant.Of(grid.Columns)));
    }

    /// <summary>Tells which rows (or columns) each rectangle covers. The rectangle's first row is evenly spread over
    /// the rows from which the rectangle covers its own patch.</summary>
    /// <param name="row">The row of each patch, int64 <c>[patches]</c>.</param>
    /// <param name="height">The height of each patch's rectangle, in patches, fp32 <c>[images, patches]</c>.</param>
    /// <param name="rows">How many rows of patches an image has.</param>
    /// <returns>bool <c>[images, patches, rows]</c>.</returns>
    static Tensor Within(Tensor row, Tensor height, int rows)
    {
        var size = height.to(ScalarType.Int64);
        var start = ((row * Constant.Of(2)).Plus(Constant.Of(1)) * size.neg().Plus(Constant.Of(rows + 1)))
            .div(Constant.Of(2 * rows), RoundingMode.floor);
        var at = Constant.Count(rows, row.device);
        return at.ge(start.unsqueeze(2)).logical_and(at.lt(start.Plus(size).unsqueeze(2)));
    }
}
