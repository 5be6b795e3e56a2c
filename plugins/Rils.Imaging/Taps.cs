using System.Buffers;
using System.Runtime.CompilerServices;

namespace Rils.Imaging;

/// <summary>The source pixels, and their weights, whose sum is each pixel along one side of a resized image.</summary>
/// <remarks>The filter is widened for shrinking; at the edges it is cut off and its weights scaled to the sum 1.
/// Weights are whole numbers, rounded as Pillow rounds them.</remarks>
readonly struct Taps : IDisposable
{
    /// <summary>Bits behind the point in a weight.</summary>
    public const int Bits = 22;

    /// <summary>Bits in the lower part of a weight: vectors multiply 16-bit numbers, so a weight has two
    /// parts.</summary>
    public const int LowBits = 11;

    readonly int[] firsts;
    readonly short[] highs, lows;

    /// <summary>Places the pixels of the result evenly over a part of the source.</summary>
    /// <param name="part">The part of the source. Pixel numbers count from the first pixel that the part may
    /// read.</param>
    /// <param name="count">How many pixels the result has.</param>
    /// <param name="interpolation">The filter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Taps(Extent part, int count, Interpolation interpolation)
    {
        var scale = part.Length / count;
        var (spread, reach) = (Math.Max(scale, 1), Reach(part.Length, count, interpolation));
        // A multiple of four, for vectors.
        Width = ((int)Math.Ceiling(2 * reach) + 3) / 4 * 4;
        firsts = ArrayPool<int>.Shared.Rent(count);
        (highs, lows) = (ArrayPool<short>.Shared.Rent(count * Width), ArrayPool<short>.Shared.Rent(count * Width));
        highs.AsSpan(0, count * Width).Clear();
        lows.AsSpan(0, count * Width).Clear();
        var exact = ArrayPool<double>.Shared.Rent(Width);
        var end = part.End - part.First;
        for (var at = 0; at < count; at++)
        {
            var centre = part.Start - part.First + (at + 0.5) * scale;
            var first = Math.Clamp((int)Math.Floor(centre - reach + 0.5), 0, end - 1);
            firsts[at] = first;
            var weights = exact.AsSpan(0, Math.Min(Width, end - first));
            for (var i = 0; i < weights.Length; i++)
                weights[i] = Filter.Weight(interpolation, (first + i - centre + 0.5) / spread);
            Fill(at, weights);
        }
        ArrayPool<double>.Shared.Return(exact);
    }

    /// <summary>Weights for each pixel of the result, a multiple of four. The last ones may be 0, and their source
    /// pixels beyond the end.</summary>
    public int Width { get; }

    /// <summary>The distance, in source pixels, from the middle of a pixel of the result beyond which weights are
    /// 0.</summary>
    public static double Reach(double length, int count, Interpolation interpolation) =>
        Filter.Support(interpolation) * Math.Max(length / count, 1);

    /// <summary>The first source pixel with a weight in pixel <paramref name="at"/> of the result.</summary>
    public int First(int at) => firsts[at];

    /// <summary>The upper parts of the weights of the source pixels from the first one on. A weight is
    /// 2^<see cref="LowBits"/> times its upper part, plus its lower part; 2^<see cref="Bits"/> stands for 1.</summary>
    public ReadOnlySpan<short> Highs(int at) => highs.AsSpan(at * Width, Width);

    /// <summary>The lower parts of the weights, from 0 on.</summary>
    public ReadOnlySpan<short> Lows(int at) => lows.AsSpan(at * Width, Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(firsts);
        ArrayPool<short>.Shared.Return(highs);
        ArrayPool<short>.Shared.Return(lows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill(int at, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        for (var i = 0; i < weights.Length; i++)
        {
            // Halves are rounded away from 0, as in Pillow.
            var whole = (int)Math.Round(weights[i] / sum * (1 << Bits), MidpointRounding.AwayFromZero);
            highs[at * Width + i] = (short)(whole >> LowBits);
            lows[at * Width + i] = (short)(whole & ((1 << LowBits) - 1));
        }
    }
}
