using System.Buffers;
using System.Runtime.CompilerServices;

namespace Rils.Imaging;

/// <summary>Of which source pixels, with which weights, each pixel along one side of a resized image is the sum.</summary>
/// <remarks>Bicubic (Catmull-Rom), widened when shrinking, cut off and made up for at the edges: what Pillow does, and so torchvision.</remarks>
readonly struct Taps : IDisposable
{
    /// <summary>Weights are whole numbers: this many bits behind the point.</summary>
    public const int Bits = 14;

    readonly int[] firsts;
    readonly short[] weights;

    /// <summary>Places the pixels of the result evenly over a part of the source.</summary>
    /// <param name="part">Of the source, whose first pixel is the first that the part may read.</param>
    /// <param name="count">How many pixels the result has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Taps(Extent part, int count)
    {
        var scale = part.Length / count;
        var (spread, reach) = (Math.Max(scale, 1), Reach(part.Length, count));
        // Fours, for vectors.
        Width = ((int)Math.Ceiling(2 * reach) + 3) / 4 * 4;
        (firsts, weights) = (ArrayPool<int>.Shared.Rent(count), ArrayPool<short>.Shared.Rent(count * Width));
        var exact = ArrayPool<double>.Shared.Rent(Width);
        weights.AsSpan(0, count * Width).Clear();
        for (var at = 0; at < count; at++)
        {
            var centre = part.Start - part.First + (at + 0.5) * scale;
            var first = Math.Clamp((int)Math.Ceiling(centre - reach - 0.5), 0, part.End - part.First - 1);
            firsts[at] = first;
            Fill(weights.AsSpan(at * Width, Math.Min(Width, part.End - part.First - first)), exact, first + 0.5 - centre, spread);
        }
        ArrayPool<double>.Shared.Return(exact);
    }

    /// <summary>Weights per pixel, a multiple of four; the last ones may be 0, and their source pixels not there.</summary>
    public int Width { get; }

    /// <summary>How far from the middle of a pixel of the result source pixels weigh in.</summary>
    public static double Reach(double length, int count) => 2 * Math.Max(length / count, 1);

    /// <summary>The first source pixel of a pixel.</summary>
    public int First(int at) => firsts[at];

    /// <summary>The weights of the source pixels from the first one on; their sum is 1, that is 2^<see cref="Bits"/>.</summary>
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
        // A plain colour stays what it is.
        weights[largest] += (short)((1 << Bits) - total);
    }

    static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }
}
