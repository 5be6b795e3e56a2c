using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Fixed two-dimensional sine-cosine positions, as MAE's code computes them.</summary>
/// <remarks>The first half of the width encodes the column, the second half the row. Each half holds the sines, then
/// the cosines, of coordinate · 10000^(-i/quarter), for i below a quarter of the width.</remarks>
public static class SinCosPositions
{
    /// <summary>The table as a buffer, fp32 <c>[1, 1 + patches, width]</c>; the first row, the class token's, is
    /// zero.</summary>
    /// <exception cref="ArgumentException">The width is not divisible by 4.</exception>
    public static Tensor Buffer(int width, PatchGrid grid) =>
        tensor(Array.ConvertAll(Table(width, grid), static value => (float)value), [1, 1 + grid.Count, width]);

    /// <summary>The table in double precision, row by row: <c>[1 + patches, width]</c>.</summary>
    /// <exception cref="ArgumentException">The width is not divisible by 4.</exception>
    public static double[] Table(int width, PatchGrid grid)
    {
        if (width % 4 != 0)
            throw new ArgumentException($"sine-cosine positions need a width divisible by 4; it is {width}");
        var table = new double[(1 + grid.Count) * width];
        for (var patch = 0; patch < grid.Count; patch++)
        {
            var row = table.AsSpan((1 + patch) * width, width);
            Encode(patch % grid.Columns, row[..(width / 2)]);
            Encode(patch / grid.Columns, row[(width / 2)..]);
        }
        return table;
    }

    static void Encode(int coordinate, Span<double> half)
    {
        var quarter = half.Length / 2;
        for (var i = 0; i < quarter; i++)
            (half[i], half[quarter + i]) = Math.SinCos(coordinate / Math.Pow(10000, (double)i / quarter));
    }
}
