using System.Runtime.InteropServices;
using NetVips;

namespace Rils.Imaging;

/// <summary>Decodes parts of an image into memory that is there already; NetVips's own call makes an array each time.
/// </summary>
static unsafe partial class VipsRegion
{
    /// <summary>Decodes a part, in this thread.</summary>
    /// <param name="region">Of the image.</param>
    /// <param name="left">The part's first column.</param>
    /// <param name="top">Its first row.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="pixels">Receives the part row by row, its bands side by side.</param>
    /// <exception cref="VipsException">The image cannot be decoded as far as that.</exception>
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
