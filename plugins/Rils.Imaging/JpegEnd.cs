using System.Buffers.Binary;

namespace Rils.Imaging;

/// <summary>Makes data that ends before the last row an error of libjpeg, which for itself makes it up and
/// warns.</summary>
/// <remarks>libvips looks for warnings before each few rows, so that it never sees one of the last rows. But at the end
/// of the file it stops at once. Where the mark of the end stood, there are as many bits here as a decoder reads ahead,
/// and no end: a whole image has no use for them, and a short one runs out.</remarks>
static class JpegEnd
{
    const byte Mark = 0xFF, End = 0xD9, Scan = 0xDA, FirstRestart = 0xD0, LastRestart = 0xD7;

    /// <summary>Nine bytes of ones, which begin no code; a byte of ones is written with a zero behind it. Decoders read
    /// eight ahead.</summary>
    static ReadOnlySpan<byte> Ahead =>
        [Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0, Mark, 0];

    /// <summary>The file without the mark of its end; null where it is not a JPEG in one scan, whose rows are decoded
    /// as they are asked for.</summary>
    public static byte[]? Removed(ReadOnlySpan<byte> file) =>
        DataOf(file) is var data and > 0 && EndOf(file, data) is var end and > 0 ? [.. file[..end], .. Ahead] : null;

    /// <summary>Where the data of the only scan begins, behind the segments before it; 0 where the file is another
    /// one.</summary>
    static int DataOf(ReadOnlySpan<byte> file)
    {
        var components = 0;
        for (var at = 2; at + 4 < file.Length && file[at] == Mark;)
        {
            var (marker, length) = (file[at + 1], BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
            // Baseline and extended; a progressive one is decoded whole before its first row.
            if (marker is 0xC0 or 0xC1 && at + 9 < file.Length) components = file[at + 9];
            if (marker == Scan) return components > 0 && file[at + 4] == components ? at + 2 + length : 0;
            if (marker is Mark or (>= FirstRestart and <= End)) return 0;
            at += 2 + length;
        }
        return 0;
    }

    /// <summary>Where the mark of the end stands; 0 where another mark comes first, or none.</summary>
    static int EndOf(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at..].IndexOf(Mark) is >= 0 and var next && (at += next) + 1 < file.Length)
        {
            if (file[at + 1] == End) return at;
            if (file[at + 1] is not (0 or Mark or (>= FirstRestart and <= LastRestart))) return 0;
            // Marks may be repeated.
            at += file[at + 1] == Mark ? 1 : 2;
        }
        return 0;
    }
}
