using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rils.Imaging;

/// <summary>Resizes interleaved RGB bytes into planes: each row of the result is a weighted sum of rows, then each
/// pixel a weighted sum of that row's pixels.</summary>
/// <remarks>All numbers are whole, so every machine gets the same bytes; the first sums are rounded, as in
/// Pillow.</remarks>
static class Resampler
{
    const int Half = 1 << (Taps.Bits - 1), Block = 32;

    /// <summary>Resizes an image.</summary>
    /// <param name="source">RGB bytes, row by row.</param>
    /// <param name="width">Width of the source, in pixels.</param>
    /// <param name="rowsFrom">The part of the source's height that the result shows.</param>
    /// <param name="columnsFrom">The part of the source's width that the result shows.</param>
    /// <param name="isMirrored">Whether each row of the result is reversed.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives <c>[3, size, size]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Resize(
        ReadOnlySpan<byte> source, int width, Extent rowsFrom, Extent columnsFrom, bool isMirrored, int size,
        Span<byte> pixels)
    {
        using Taps rows = new(rowsFrom, size), columns = new(columnsFrom, size);
        // Weights of 0 reach beyond the end of the row, and a vector reads beyond its pixels.
        var bytes = ArrayPool<byte>.Shared.Rent(3 * (width + columns.Width) + Block);
        var numbers = ArrayPool<int>.Shared.Rent(size);
        Span<byte> row = bytes;
        var colours = numbers.AsSpan(0, size);
        for (var y = 0; y < size; y++)
        {
            SumRows(source, 3 * width, rows.First(y), rows.Weights(y), row);
            SumPixels(row, columns, colours);
            if (isMirrored) colours.Reverse();
            for (var band = 0; band < 3; band++)
                TakeBytes(colours, band, pixels.Slice((band * size + y) * size, size));
        }
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumRows(ReadOnlySpan<byte> source, int length, int first, ReadOnlySpan<short> weights, Span<byte> sums)
    {
        var last = source.Length - length;
        var x = Avx2.IsSupported ? SumBlocks(source, length, first, weights, sums) : 0;
        for (; x < length; x++)
        {
            var sum = Half;
            for (var i = 0; i < weights.Length; i++)
                sum += source[Math.Min((first + i) * length, last) + x] * weights[i];
            sums[x] = (byte)Math.Clamp(sum >> Taps.Bits, 0, 255);
        }
    }

    /// <summary>Sums as many whole blocks as fit into a row, two source rows at a time, in 32 bits.</summary>
    /// <returns>How many numbers of the row it summed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int SumBlocks(ReadOnlySpan<byte> source, int length, int first, ReadOnlySpan<short> weights, Span<byte> sums)
    {
        ref var top = ref MemoryMarshal.GetReference(source);
        var last = source.Length - length;
        var pairs = MemoryMarshal.Cast<short, int>(weights);
        var x = 0;
        for (; x <= length - Block; x += Block)
        {
            Vector256<int> a = Vector256.Create(Half), b = a, c = a, d = a;
            for (var i = 0; i < pairs.Length; i++)
            {
                // A source row with weight 0 may lie behind the last row.
                var upper = Math.Min((first + 2 * i) * length, last);
                var lower = Math.Min((first + 2 * i + 1) * length, last);
                var pair = Vector256.Create(pairs[i]).AsInt16();
                var one = Vector256.LoadUnsafe(ref top, (nuint)(upper + x));
                var other = Vector256.LoadUnsafe(ref top, (nuint)(lower + x));
                var (even, odd) = (Avx2.UnpackLow(one, other), Avx2.UnpackHigh(one, other));
                a += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(even.GetLower()), pair);
                b += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(odd.GetLower()), pair);
                c += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(even.GetUpper()), pair);
                d += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(odd.GetUpper()), pair);
            }
            ToBytes(a >> Taps.Bits, b >> Taps.Bits).CopyTo(sums[x..]);
            ToBytes(c >> Taps.Bits, d >> Taps.Bits).CopyTo(sums[(x + Block / 2)..]);
        }
        return x;
    }

    static Vector128<byte> ToBytes(Vector256<int> low, Vector256<int> high)
    {
        // Packing works within halves, so the middle two quarters change places afterwards.
        var words = Avx2.Permute4x64(Avx2.PackSignedSaturate(low, high).AsInt64(), 0b11_01_10_00).AsInt16();
        return Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper());
    }

    /// <summary>Sums pixels by weight; a result has red in the lowest byte, then green, then blue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumPixels(ReadOnlySpan<byte> row, Taps columns, Span<int> colours)
    {
        // Masks that take four pixels' bytes: the channels of the first two side by side as 16-bit numbers, then those
        // of the next two.
        var firstTwo = Vector128.Create(0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255);
        var nextTwo = Vector128.Create(6, 255, 9, 255, 7, 255, 10, 255, 8, 255, 11, 255, 255, 255, 255, 255);
        ref var start = ref MemoryMarshal.GetReference(row);
        for (var x = 0; x < colours.Length; x++)
        {
            var first = 3 * columns.First(x);
            var pairs = MemoryMarshal.Cast<short, int>(columns.Weights(x));
            var sum = Vector128.Create(Half);
            for (var i = 0; i < pairs.Length - 1; i += 2)
            {
                var four = Vector128.LoadUnsafe(ref start, (nuint)(first + 6 * i));
                var (ones, others) = (Ssse3.Shuffle(four, firstTwo), Ssse3.Shuffle(four, nextTwo));
                sum += Sse2.MultiplyAddAdjacent(ones.AsInt16(), Vector128.Create(pairs[i]).AsInt16())
                    + Sse2.MultiplyAddAdjacent(others.AsInt16(), Vector128.Create(pairs[i + 1]).AsInt16());
            }
            var words = Sse2.PackSignedSaturate(sum >> Taps.Bits, sum);
            colours[x] = Sse2.PackUnsignedSaturate(words, words).AsInt32().ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TakeBytes(ReadOnlySpan<int> colours, int band, Span<byte> plane)
    {
        var x = 0;
        for (; x <= plane.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            Vector128.Narrow(
                Vector128.Narrow(Four(colours, x), Four(colours, x + 4)),
                Vector128.Narrow(Four(colours, x + 8), Four(colours, x + 12))).CopyTo(plane[x..]);
        for (; x < plane.Length; x++) plane[x] = (byte)(colours[x] >> 8 * band);

        Vector128<uint> Four(ReadOnlySpan<int> from, int at) =>
            (Vector128.Create(from[at..]).AsUInt32() >> (8 * band)) & Vector128.Create(0xFFu);
    }
}
