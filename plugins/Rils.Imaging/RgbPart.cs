using System.Buffers;

namespace Rils.Imaging;

/// <summary>Resizes a part of a decoded image.</summary>
static class RgbPart
{
    /// <summary>Crops a cut out of a larger part, then resizes it.</summary>
    /// <param name="cut">The cut, in pixels of the image.</param>
    /// <param name="whole">RGB bytes of the larger part, row by row.</param>
    /// <param name="columns">The larger part's columns in the image.</param>
    /// <param name="rows">The larger part's rows.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives the result, <c>[3, size, size]</c>.</param>
    public static void Resize(
        Cut cut, ReadOnlySpan<byte> whole, Extent columns, Extent rows, int size, Span<byte> pixels)
    {
        using var part = Copy(whole, columns, rows, cut);
        Resize(cut, part, size, pixels);
    }

    /// <summary>Resizes a cut.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="part">RGB bytes of all pixels that the cut may read, row by row.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives the result, <c>[3, size, size]</c>.</param>
    public static void Resize(Cut cut, IMemoryOwner<byte> part, int size, Span<byte> pixels)
    {
        var width = cut.Columns.End - cut.Columns.First;
        // A pool lends more bytes than were asked for.
        var bytes = part.Memory.Span[..(3 * width * (cut.Rows.End - cut.Rows.First))];
        Resampler.Resize(bytes, width, cut.Rows, cut.Columns, cut.IsMirrored, size, cut.Interpolation, pixels);
    }

    static IMemoryOwner<byte> Copy(ReadOnlySpan<byte> whole, Extent columns, Extent rows, Cut cut)
    {
        var (width, partWidth) = (3 * (columns.End - columns.First), 3 * (cut.Columns.End - cut.Columns.First));
        var part = MemoryPool<byte>.Shared.Rent((cut.Rows.End - cut.Rows.First) * partWidth);
        for (var row = cut.Rows.First; row < cut.Rows.End; row++)
        {
            var source = whole.Slice((row - rows.First) * width + 3 * (cut.Columns.First - columns.First), partWidth);
            source.CopyTo(part.Memory.Span[((row - cut.Rows.First) * partWidth)..]);
        }
        return part;
    }
}
