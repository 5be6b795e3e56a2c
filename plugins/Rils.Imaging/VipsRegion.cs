using System.Runtime.InteropServices;
using NetVips;

namespace Rils.Imaging;

/// <summary>Decodes parts of an image into the caller's memory; NetVips's own call makes an array each time.</summary>
static unsafe partial class VipsRegion
{
    /// <summary>Decodes a part in the caller's thread.</summary>
    /// <param name="region">A region of the image.</param>
    /// <param name="left">The part's first column.</param>
    /// <param name="top">The part's first row.</param>
    /// <param name="width">The part's width, in pixels.</param>
    /// <param name="height">The part's height, in pixels.</param>
    /// <param name="pixels">Receives the part row by row, the bands of a pixel side by side.</param>
    /// <exception cref="VipsException">The image cannot be decoded to the end of the part.</exception>
    public static void Fetch(Region region, int left, int top, int width, int height, Span<byte> pixels)
    {
        var memory = vips_region_fetch(region, left, top, width, height, out var length);
        if (memory is null) throw new VipsException("unable to fetch from region");
        new ReadOnlySpan<byte>(memory, (int)length).CopyTo(pixels);
        g_free(memory);
    }

    [LibraryImport("libvips.so.42")]
    private static partial byte* vips_region_fetch(
        Region region, int left, int top, int width, int height, out nuint length);

    [LibraryImport("libvips.so.42")]
    private static partial void g_free(void* memory);
}
