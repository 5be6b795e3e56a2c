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
}
