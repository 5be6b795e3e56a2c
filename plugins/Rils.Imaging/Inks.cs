using System.Buffers.Binary;
using NetVips;

namespace Rils.Imaging;

/// <summary>Makes RGB of four inks (CMYK) as Pillow does: without a colour profile, and of a JPEG always with 0 for
/// full ink, whether or not the file has Adobe's marker, which says so.</summary>
static class Inks
{
    const byte Mark = 0xFF, Scan = 0xDA, Application14 = 0xEE;

    /// <summary>Makes RGB: red is what cyan and black leave of white, green what magenta leaves, blue what yellow
    /// leaves.</summary>
    /// <param name="inks">Four bands of bytes, as libvips decodes them: it inverts the JPEGs that have the
    /// marker.</param>
    /// <param name="isInverted">Whether full ink is 0.</param>
    public static Image ToRgb(Image inks, bool isInverted)
    {
        using var full = isInverted ? inks.Invert() : inks.Copy();
        using Image colours = full.ExtractBand(0, n: 3), black = full.ExtractBand(3);
        using var light = black.Invert();
        using var taken = (colours * light / 255).Rint();
        using var left = light - taken;
        using var bytes = left.Cast(Enums.BandFormat.Uchar);
        return bytes.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>Whether the segments of a JPEG before its first scan have Adobe's marker.</summary>
    public static bool AreMarked(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 9 <= jpeg.Length && jpeg[at] == Mark && jpeg[at + 1] != Scan;)
        {
            if (jpeg[at + 1] == Application14 && jpeg[(at + 4)..].StartsWith("Adobe"u8)) return true;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }
        return false;
    }
}
