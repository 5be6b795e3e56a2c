using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Bilinear and bicubic resizing with antialiasing as Pillow and torchvision define the method: each output
/// pixel is a weighted mean in double precision.</summary>
static class ReferenceResize
{
    /// <summary>Resizes a box of an interleaved RGB image to <c>[3, size, size]</c>.</summary>
    public static double[] Resize(byte[] rgb, int width, (int Left, int Top, int Width, int Height) box, int size,
        Interpolation interpolation = Interpolation.Bilinear) =>
        Resize(rgb, width, box, size, size, interpolation);

    public static double[] Resize(byte[] rgb, int width,
        (int Left, int Top, int Width, int Height) box, int across, int down,
        Interpolation interpolation = Interpolation.Bilinear)
    {
        var result = new double[3 * down * across];
        for (var y = 0; y < down; y++)
            for (var x = 0; x < across; x++)
            {
                var rows = Weights(y, box.Height, down, interpolation);
                var columns = Weights(x, box.Width, across, interpolation);
                for (var band = 0; band < 3; band++)
                    result[(band * down + y) * across + x] = Math.Clamp(rows.Sum(row => columns.Sum(column =>
                        row.Weight * column.Weight
                            * rgb[((box.Top + row.At) * width + box.Left + column.At) * 3 + band])), 0, 255);
            }
        return result;
    }

    static (int At, double Weight)[] Weights(int output, int from, int to, Interpolation interpolation)
    {
        var scale = (double)from / to;
        var spread = Math.Max(scale, 1);
        var centre = (output + 0.5) * scale;
        var first = Math.Max(0, (int)Math.Floor(centre - 2 * spread));
        var last = Math.Min(from - 1, (int)Math.Ceiling(centre + 2 * spread));
        var taps = Enumerable.Range(first, last - first + 1)
            .Select(at => (At: at, Weight: Weight((at + 0.5 - centre) / spread, interpolation))).ToArray();
        var sum = taps.Sum(tap => tap.Weight);
        return [.. taps.Select(tap => (tap.At, tap.Weight / sum))];
    }

    static double Weight(double x, Interpolation interpolation)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (interpolation == Interpolation.Bilinear) return Math.Max(0, 1 - x);
        return x < 1 ? (a + 2) * x * x * x - (a + 3) * x * x + 1 : x < 2 ? a * (x * x * x - 5 * x * x + 8 * x - 4) : 0;
    }
}
