using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Tables of positions, the class token's row first, then a row for each patch.</summary>
public static class PositionTable
{
    /// <summary>Fits the table of another square grid to a grid, as MAE's fine-tuning does: bicubic interpolation over
    /// the patches; the class token's row stays. A table of the same grid stays as it is.</summary>
    /// <param name="table">Floating point, <c>[1, 1 + patches, width]</c> or <c>[1 + patches, width]</c>.</param>
    /// <param name="grid">The grid to fit to.</param>
    /// <returns><c>[1, 1 + patches, width]</c>, fp32 where the table is interpolated.</returns>
    /// <exception cref="ArgumentException">The table's patches fill no square.</exception>
    public static Tensor Fit(Tensor table, PatchGrid grid)
    {
        var rows = table.view(1, -1, table.shape[^1]);
        var patches = rows.shape[1] - 1;
        if (patches == grid.Count) return rows;
        var side = (long)Math.Round(Math.Sqrt(patches));
        if (patches < 1 || side * side != patches)
            throw new ArgumentException($"{patches} positions fill no square of patches");
        var picture = rows.narrow(1, 1, patches).to(ScalarType.Float32).transpose(1, 2).reshape(1, -1, side, side);
        var fitted = nn.functional.interpolate(
            picture, size: [grid.Rows, grid.Columns], mode: InterpolationMode.Bicubic, align_corners: false);
        return cat([rows.narrow(1, 0, 1).to(ScalarType.Float32), fitted.flatten(2).transpose(1, 2)], 1);
    }

    /// <summary>Makes the positions of images of another size in a pass, by the same interpolation as
    /// <see cref="Fit"/>. A matrix product, since libtorch's own backward pass of bicubic interpolation on CUDA adds in
    /// any order.</summary>
    /// <param name="patches">The patches' positions without the class token's, floating point
    /// <c>[1, patches, width]</c>.</param>
    /// <param name="from">The grid of <paramref name="patches"/>.</param>
    /// <param name="to">The grid of the other images.</param>
    /// <returns><c>[1, other patches, width]</c> in the same type.</returns>
    public static Tensor Resized(Tensor patches, PatchGrid from, PatchGrid to)
    {
        using var scope = NewDisposeScope();
        return Shares(from, to, patches.device).matmul(patches.to(ScalarType.Float32)).to(patches.dtype)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The share that each patch of a grid has in each of another, fp32
    /// <c>[other patches, patches]</c>.</summary>
    static Tensor Shares(PatchGrid from, PatchGrid to, Device device)
    {
        using var constant = no_grad();
        var units = eye(from.Count, device: device).view(from.Count, 1, from.Rows, from.Columns);
        return nn.functional.interpolate(
            units, size: [to.Rows, to.Columns], mode: InterpolationMode.Bicubic, align_corners: false)
            .view(from.Count, to.Count).t();
    }
}
