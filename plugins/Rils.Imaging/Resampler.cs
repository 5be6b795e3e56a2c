using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rils.Imaging;

/// <summary>Resizes interleaved RGB bytes into planes: each row of the source becomes as wide as the result, then each
/// row of the result is a weighted sum of these.</summary>
/// <remarks>All numbers are whole, and the first sums are rounded to bytes: the result has the bytes of Pillow's, on
/// every machine.</remarks>
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
    /// <param name="interpolation">The filter.</param>
    /// <param name="pixels">Receives <c>[3, size, size]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Resize(ReadOnlySpan<byte> source, int width, Extent rowsFrom, Extent columnsFrom,
        bool isMirrored, int size, Interpolation interpolation, Span<byte> pixels)
    {
        using Taps rows = new(rowsFrom, size, interpolation), columns = new(columnsFrom, size, interpolation);
        var height = source.Length / (3 * width);
        // A pixel is written as four bytes, so one more byte than the pixels have; a vector reads 48.
        var rented = ArrayPool<byte>.Shared.Rent(3 * size * height + 1);
        var line = ArrayPool<byte>.Shared.Rent(3 * size + 48);
        var narrowed = rented.AsSpan(0, 3 * size * height);
        Narrow(source, width, columns, size, rented);
        for (var y = 0; y < size; y++)
        {
            SumRows(narrowed, 3 * size, rows, y, line);
            for (var band = 0; band < 3; band++)
            {
                var plane = pixels.Slice((band * size + y) * size, size);
                TakeBand(line, band, plane);
                if (isMirrored) plane.Reverse();
            }
        }
        ArrayPool<byte>.Shared.Return(rented);
        ArrayPool<byte>.Shared.Return(line);
    }

    /// <summary>Makes each row as wide as the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Narrow(ReadOnlySpan<byte> source, int width, Taps columns, int size, Span<byte> narrowed)
    {
        // Weights of 0 reach beyond the end of a row, and a vector reads beyond its pixels.
        var row = ArrayPool<byte>.Shared.Rent(3 * (width + columns.Width) + Block);
        for (var y = 0; y < source.Length / (3 * width); y++)
        {
            source.Slice(3 * width * y, 3 * width).CopyTo(row);
            SumPixels(row, columns, narrowed.Slice(3 * size * y, 3 * size + 1));
        }
        ArrayPool<byte>.Shared.Return(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumRows(ReadOnlySpan<byte> source, int length, Taps rows, int y, Span<byte> sums)
    {
        var (first, last) = (rows.First(y), source.Length - length);
        ReadOnlySpan<short> highs = rows.Highs(y), lows = rows.Lows(y);
        var x = Avx2.IsSupported ? SumBlocks(source, length, first, highs, lows, sums) : 0;
        for (; x < length; x++)
        {
            var sum = Half;
            for (var i = 0; i < highs.Length; i++)
                sum += source[Math.Min((first + i) * length, last) + x] * ((highs[i] << Taps.LowBits) + lows[i]);
            sums[x] = (byte)Math.Clamp(sum >> Taps.Bits, 0, 255);
        }
    }

    /// <summary>Sums as many whole blocks as fit into a row, two source rows at a time, in 32 bits.</summary>
    /// <returns>How many numbers of the row it summed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int SumBlocks(ReadOnlySpan<byte> source, int length, int first, ReadOnlySpan<short> highs,
        ReadOnlySpan<short> lows, Span<byte> sums)
    {
        ref var top = ref MemoryMarshal.GetReference(source);
        var last = source.Length - length;
        var highPairs = MemoryMarshal.Cast<short, int>(highs);
        var lowPairs = MemoryMarshal.Cast<short, int>(lows);
        var x = 0;
        for (; x <= length - Block; x += Block)
        {
            Vector256<int> a = default, b = default, c = default, d = default;
            Vector256<int> lowA = Vector256.Create(Half), lowB = lowA, lowC = lowA, lowD = lowA;
            for (var i = 0; i < highPairs.Length; i++)
            {
                // A source row with weight 0 may lie behind the last row.
                var upper = Math.Min((first + 2 * i) * length, last);
                var lower = Math.Min((first + 2 * i + 1) * length, last);
                var (high, low) = (Vector256.Create(highPairs[i]).AsInt16(), Vector256.Create(lowPairs[i]).AsInt16());
                var one = Vector256.LoadUnsafe(ref top, (nuint)(upper + x));
                var other = Vector256.LoadUnsafe(ref top, (nuint)(lower + x));
                var (even, odd) = (Avx2.UnpackLow(one, other), Avx2.UnpackHigh(one, other));
                var wide = Avx2.ConvertToVector256Int16(even.GetLower());
                a += Avx2.MultiplyAddAdjacent(wide, high);
                lowA += Avx2.MultiplyAddAdjacent(wide, low);
                wide = Avx2.ConvertToVector256Int16(odd.GetLower());
                b += Avx2.MultiplyAddAdjacent(wide, high);
                lowB += Avx2.MultiplyAddAdjacent(wide, low);
                wide = Avx2.ConvertToVector256Int16(even.GetUpper());
                c += Avx2.MultiplyAddAdjacent(wide, high);
                lowC += Avx2.MultiplyAddAdjacent(wide, low);
                wide = Avx2.ConvertToVector256Int16(odd.GetUpper());
                d += Avx2.MultiplyAddAdjacent(wide, high);
                lowD += Avx2.MultiplyAddAdjacent(wide, low);
            }
            ToBytes(Whole(a, lowA), Whole(b, lowB)).CopyTo(sums[x..]);
            ToBytes(Whole(c, lowC), Whole(d, lowD)).CopyTo(sums[(x + Block / 2)..]);
        }
        return x;
    }

    static Vector256<int> Whole(Vector256<int> high, Vector256<int> low) =>
        ((high << Taps.LowBits) + low) >> Taps.Bits;

    static Vector128<byte> ToBytes(Vector256<int> low, Vector256<int> high)
    {
        // Packing works within halves, so the middle two quarters change places afterwards.
        var words = Avx2.Permute4x64(Avx2.PackSignedSaturate(low, high).AsInt64(), 0b11_01_10_00).AsInt16();
        return Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper());
    }

    /// <summary>Sums pixels by weight. Each sum is written as four bytes, the last of which the next pixel, or
    /// nothing, replaces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumPixels(ReadOnlySpan<byte> row, Taps columns, Span<byte> sums)
    {
        // Masks that take four pixels' bytes: the channels of the first two side by side as 16-bit numbers, then those
        // of the next two.
        var firstTwo = Vector128.Create(0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255);
        var nextTwo = Vector128.Create(6, 255, 9, 255, 7, 255, 10, 255, 8, 255, 11, 255, 255, 255, 255, 255);
        ref var start = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(sums);
        for (var x = 0; x < sums.Length / 3; x++)
        {
            var first = 3 * columns.First(x);
            var highs = MemoryMarshal.Cast<short, int>(columns.Highs(x));
            var lows = MemoryMarshal.Cast<short, int>(columns.Lows(x));
            var (high, low) = (Vector128<int>.Zero, Vector128.Create(Half));
            for (var i = 0; i < highs.Length - 1; i += 2)
            {
                var four = Vector128.LoadUnsafe(ref start, (nuint)(first + 6 * i));
                var (ones, others) = (Ssse3.Shuffle(four, firstTwo).AsInt16(), Ssse3.Shuffle(four, nextTwo).AsInt16());
                high += Sse2.MultiplyAddAdjacent(ones, Vector128.Create(highs[i]).AsInt16())
                    + Sse2.MultiplyAddAdjacent(others, Vector128.Create(highs[i + 1]).AsInt16());
                low += Sse2.MultiplyAddAdjacent(ones, Vector128.Create(lows[i]).AsInt16())
                    + Sse2.MultiplyAddAdjacent(others, Vector128.Create(lows[i + 1]).AsInt16());
            }
            var sum = ((high << Taps.LowBits) + low) >> Taps.Bits;
            var words = Sse2.PackSignedSaturate(sum, sum);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * x),
                Sse2.PackUnsignedSaturate(words, words).AsInt32().ToScalar());
        }
    }

    /// <summary>Takes one colour out of a row of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TakeBand(ReadOnlySpan<byte> line, int band, Span<byte> plane)
    {
        var (upper, middle, lower) = (bands[3 * band], bands[3 * band + 1], bands[3 * band + 2]);
        ref var start = ref MemoryMarshal.GetReference(line);
        var x = 0;
        for (; x <= plane.Length - 16; x += 16)
            (Ssse3.Shuffle(Vector128.LoadUnsafe(ref start, (nuint)(3 * x)), upper)
                | Ssse3.Shuffle(Vector128.LoadUnsafe(ref start, (nuint)(3 * x + 16)), middle)
                | Ssse3.Shuffle(Vector128.LoadUnsafe(ref start, (nuint)(3 * x + 32)), lower)).CopyTo(plane[x..]);
        for (; x < plane.Length; x++) plane[x] = line[3 * x + band];
    }

    /// <summary>For each colour and each third of 16 pixels' 48 bytes: where in the third the colour's bytes lie, for
    /// the 16 bytes of the result; 255 for those that lie in another third.</summary>
    static readonly Vector128<byte>[] bands =
    [
        .. from band in Enumerable.Range(0, 3)
           from third in Enumerable.Range(0, 3)
           select Vector128.Create([.. Enumerable.Range(0, 16).Select(x => 3 * x + band - 16 * third)
               .Select(place => (byte)(place is >= 0 and < 16 ? place : 255))]),
    ];
}
