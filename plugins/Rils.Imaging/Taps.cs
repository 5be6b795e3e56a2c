using System.Buffers;
using System.Runtime.CompilerServices;

namespace Rils.Imaging;

/// <summary>The source pixels, and their weights, whose sum is each pixel along one side of a resized image.</summary>
/// <remarks>The filter is bicubic (Catmull-Rom), widened for shrinking; at the edges it is cut off and its weights
/// scaled to the sum 1, as in Pillow and so in torchvision.</remarks>
readonly struct Taps : IDisposable
{
    /// <summary>Bits behind the point in a weight, which is a whole number.</summary>
    public const int Bits = 14;

    readonly int[] firsts;
    readonly short[] weights;

    /// <summary>Places the pixels of the result evenly over a part of the source.</summary>
    /// <param name="part">The part of the source. Pixel numbers count from the first pixel that the part may
    /// read.</param>
    /// <param name="count">How many pixels the result has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Taps(Extent part, int count)
    {
        var scale = part.Length / count;
        var (spread, reach) = (Math.Max(scale, 1), Reach(part.Length, count));
        // A multiple of four, for vectors.
        Width = ((int)Math.Ceiling(2 * reach) + 3) / 4 * 4;
        (firsts, weights) = (ArrayPool<int>.Shared.Rent(count), ArrayPool<short>.Shared.Rent(count * Width));
        var exact = ArrayPool<double>.Shared.Rent(Width);
        weights.AsSpan(0, count * Width).Clear();
        for (var at = 0; at < count; at++)
        {
            var centre = part.Start - part.First + (at + 0.5) * scale;
            var first = Math.Clamp((int)Math.Ceiling(centre - reach - 0.5), 0, part.End - part.First - 1);
            firsts[at] = first;
            var used = Math.Min(Width, part.End - part.First - first);
            Fill(weights.AsSpan(at * Width, used), exact, first + 0.5 - centre, spread);
        }
        ArrayPool<double>.Shared.Return(exact);
    }

    /// <summary>Weights for each pixel of the result, a multiple of four. The last ones may be 0, and their source
    /// pixels beyond the end.</summary>
    public int Width { get; }

    /// <summary>The distance, in source pixels, from the middle of a pixel of the result beyond which weights are
    /// 0.</summary>
    public static double Reach(double length, int count) => 2 * Math.Max(length / count, 1);

    /// <summary>The first source pixel with a weight in pixel <paramref name="at"/> of the result.</summary>
    public int First(int at) => firsts[at];

    /// <summary>The weights of the source pixels from the first one on; their sum is 2^<see cref="Bits"/>, which stands
    /// for 1.</summary>
    public ReadOnlySpan<short> Weights(int at) => weights.AsSpan(at * Width, Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(firsts);
        ArrayPool<short>.Shared.Return(weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Fill(Span<short> weights, Span<double> exact, double distance, double spread)
    {
        var (sum, total, largest) = (0.0, 0, 0);
        for (var i = 0; i < weights.Length; i++) sum += exact[i] = Cubic((distance + i) / spread);
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i] = (short)Math.Round(exact[i] / sum * (1 << Bits));
            if (weights[i] > weights[largest]) largest = i;
        }
        // Rounding must not change the sum: an area of one colour keeps that colour.
        weights[largest] += (short)((1 << Bits) - total);
    }

    static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }
}
