using System.Buffers.Binary;

namespace Rils.Imaging;

/// <summary>Makes libjpeg fail on data that ends before the last row. libjpeg itself invents the missing rows and
/// warns.</summary>
/// <remarks>libvips looks for warnings before each few rows, so it misses a warning in the last rows, but it stops at
/// once at the end of the file. This class replaces the end-of-image marker by as many bits as a decoder reads ahead,
/// and puts no marker behind them: a whole image needs none of these bits, and a short one runs out.</remarks>
static class JpegEnd
{
    const byte Mark = 0xFF, End = 0xD9, Scan = 0xDA, FirstRestart = 0xD0, LastRestart = 0xD7;

    /// <summary>Nine bytes of ones, which begin no code; the file format writes a zero behind each. A decoder reads
    /// eight bytes ahead.</summary>
    static ReadOnlySpan<byte> Ahead =>
        [Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0];

    /// <summary>The file without its end-of-image marker; null where the file is not a JPEG in one scan, whose rows
    /// libjpeg decodes when they are asked for.</summary>
    public static byte[]? Removed(ReadOnlySpan<byte> file) =>
        DataOf(file) is var data and > 0 && EndOf(file, data) is var end and > 0 ? [.. file[..end], .. Ahead] : null;

    /// <summary>The offset of the only scan's data, behind the segments before it, in bytes; 0 where the file is not of
    /// this kind.</summary>
    static int DataOf(ReadOnlySpan<byte> file)
    {
        var components = 0;
        for (var at = 2; at + 4 < file.Length && file[at] == Mark;)
        {
            var (marker, length) = (file[at + 1], BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
            // Baseline and extended JPEGs; libjpeg decodes a progressive one whole before its first row.
            if (marker is 0xC0 or 0xC1 && at + 9 < file.Length) components = file[at + 9];
            if (marker == Scan) return components > 0 && file[at + 4] == components ? at + 2 + length : 0;
            if (marker is Mark or (>= FirstRestart and <= End)) return 0;
            at += 2 + length;
        }
        return 0;
    }

    /// <summary>The offset of the end-of-image marker, in bytes; 0 where another marker or none comes first.</summary>
    static int EndOf(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at..].IndexOf(Mark) is >= 0 and var next && (at += next) + 1 < file.Length)
        {
            if (file[at + 1] == End) return at;
            if (file[at + 1] is not (0 or Mark or (>= FirstRestart and <= LastRestart))) return 0;
            // The first byte of a marker may be repeated.
            at += file[at + 1] == Mark ? 1 : 2;
        }
        return 0;
    }
}
