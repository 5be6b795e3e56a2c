using NetVips;

namespace Rils.Imaging;

/// <summary>Makes RGB of four inks (CMYK) as Pillow does: without a colour profile.</summary>
static class Inks
{
    /// <summary>Makes RGB: red is what cyan and black leave of white, green what magenta leaves, blue what yellow
    /// leaves.</summary>
    /// <param name="inks">Four bands of bytes, 255 for full ink. libvips, as Pillow, takes 0 for full ink in every
    /// JPEG, with or without Adobe's marker, and inverts the bytes.</param>
    public static Image ToRgb(Image inks)
    {
        using Image colours = inks.ExtractBand(0, n: 3), black = inks.ExtractBand(3);
        using var light = black.Invert();
        using var taken = (colours * light / 255).Rint();
        using var left = light - taken;
        using var bytes = left.Cast(Enums.BandFormat.Uchar);
        return bytes.Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
