using System.Buffers;

namespace Rils.Imaging;

/// <summary>Pillow's <c>GaussianBlur</c>: three box blurs one after the other, the ends of each box weighted by a
/// fraction (Gwosdek et al. 2011), along rows, then along columns. All numbers are whole, so every machine gets the
/// same bytes.</summary>
static class GaussianBlur
{
    const int Passes = 3, Bits = 24;

    /// <summary>Blurs each plane of an image in place. Beyond the edges, the outermost pixels repeat.</summary>
    /// <param name="pixels">Planes <c>[3, size, size]</c>.</param>
    /// <param name="size">Side, in pixels.</param>
    /// <param name="sigma">Standard deviation, in pixels.</param>
    public static void Apply(Span<byte> pixels, int size, double sigma)
    {
        var radius = BoxRadius(sigma);
        if (radius <= 0) return;
        var whole = (int)radius;
        // In single precision, as in Pillow.
        var inner = (uint)((float)(1 << Bits) / (2 * radius + 1));
        var outer = (uint)(((1 << Bits) - (2 * whole + 1) * (long)inner) / 2);
        var line = ArrayPool<byte>.Shared.Rent(2 * size);
        for (var plane = 0; plane < pixels.Length; plane += size * size)
        {
            for (var row = 0; row < size; row++) Along(pixels.Slice(plane + row * size), 1);
            for (var column = 0; column < size; column++) Along(pixels.Slice(plane + column), size);
        }
        ArrayPool<byte>.Shared.Return(line);

        void Along(Span<byte> start, int stride)
        {
            Span<byte> a = line.AsSpan(0, size), b = line.AsSpan(size, size);
            for (var i = 0; i < size; i++) a[i] = start[i * stride];
            for (var pass = 0; pass < Passes; pass++)
            {
                Box(a, b, whole, inner, outer);
                b.CopyTo(a);
            }
            for (var i = 0; i < size; i++) start[i * stride] = a[i];
        }
    }

    /// <summary>The radius of a box that, applied three times, has the variance <paramref name="sigma"/>².</summary>
    internal static float BoxRadius(double sigma)
    {
        var variance = (float)sigma * (float)sigma / Passes;
        var whole = MathF.Floor(((float)Math.Sqrt(12.0 * variance + 1) - 1) / 2);
        var next = (whole + 1) * (whole + 1);
        return whole + (2 * whole + 1) * (whole * (whole + 1) - 3 * variance) / (6 * (variance - next));
    }

    static void Box(ReadOnlySpan<byte> from, Span<byte> to, int whole, uint inner, uint outer)
    {
        var last = from.Length - 1;
        uint sum = 0;
        for (var i = -whole; i <= whole; i++) sum += from[Math.Clamp(i, 0, last)];
        for (var x = 0; x <= last; x++)
        {
            uint left = from[Math.Max(x - whole - 1, 0)], right = from[Math.Min(x + whole + 1, last)];
            to[x] = (byte)((sum * inner + (left + right) * outer + (1u << (Bits - 1))) >> Bits);
            sum += right - from[Math.Max(x - whole, 0)];
        }
    }
}
