using System.Buffers;
using NetVips;

namespace Rils.Imaging;

/// <summary>An image file whose header has been read, and nothing else.</summary>
sealed class EncodedImage : IDisposable
{
    /// <summary>About 400 MB when decoded; larger files are mistakes or traps.</summary>
    const long MostPixels = 100_000_000;

    /// <summary>Bytes of an array that .NET counts among the small ones.</summary>
    const int SmallArray = 80_000;

    readonly ReadOnlyMemory<byte> encoded;
    readonly Image header;
    readonly bool isUpright, canShrink;

    /// <exception cref="SampleException">It is larger than 100 megapixels.</exception>
    /// <exception cref="VipsException">The bytes are no image.</exception>
    public EncodedImage(ReadOnlyMemory<byte> encoded)
    {
        this.encoded = encoded;
        header = Vips.Open(encoded, Enums.Access.Sequential);
        Refuse(header);
        var orientation = header.Contains("orientation") ? Convert.ToInt32(header.Get("orientation")) : 1;
        (Width, Height) = orientation is >= 5 and <= 8 ? (header.Height, header.Width) : (header.Width, header.Height);
        isUpright = orientation is < 2 or > 8;
        canShrink = header.Contains("vips-loader") && header.Get("vips-loader") is string loader && loader.StartsWith("jpegload", StringComparison.Ordinal);
    }

    /// <summary>In pixels, as it is shown (after EXIF rotation).</summary>
    public int Width { get; }

    /// <summary>In pixels, as it is shown.</summary>
    public int Height { get; }

    /// <summary>Decodes a part and resizes it. Once only: rows are read in order.</summary>
    /// <param name="columns">The part of the image as it is shown, from left to right.</param>
    /// <param name="rows">The part from top to bottom.</param>
    /// <param name="isMirrored">Whether the result's left is the image's right.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives RGB on white, <c>[3, size, size]</c>.</param>
    public void Decode(Extent columns, Extent rows, bool isMirrored, int size, Span<byte> pixels)
    {
        var shrink = canShrink ? Shrink(Math.Min(columns.Length, rows.Length) / size) : 1;
        // The header was opened for rows in order and the whole size; anything else is opened anew.
        var image = isUpright && shrink == 1 ? header : Vips.Open(encoded, isUpright ? Enums.Access.Sequential : Enums.Access.Random, shrink);
        image = Then(image, !isUpright, static stored => stored.Autorot());
        if (shrink > 1) (columns, rows) = (columns.Shrunk(shrink, image.Width), rows.Shrunk(shrink, image.Height));
        using var colours = ToColours(image);
        // A region is decoded in this thread; a whole image goes through a pool of libvips' threads, however few it may use.
        using var region = Region.New(colours);
        var width = columns.End - columns.First;
        var part = ArrayPool<byte>.Shared.Rent(3 * width * (rows.End - rows.First));
        var length = Fetch(region, columns, rows, part);
        Resampler.Resize(part.AsSpan(0, length), width, new(rows, size), new(columns, size), isMirrored, size, pixels);
        ArrayPool<byte>.Shared.Return(part);
    }

    /// <summary>Copies a part of the image, from its top down, a few rows at a time: large arrays would cost a full garbage collection every ten images.</summary>
    static int Fetch(Region region, Extent columns, Extent rows, Span<byte> part)
    {
        var width = columns.End - columns.First;
        var atOnce = Math.Max(1, SmallArray / (3 * width));
        var length = 0;
        for (var row = rows.First; row < rows.End; row += atOnce)
        {
            var strip = region.Fetch(columns.First, row, width, Math.Min(atOnce, rows.End - row));
            strip.CopyTo(part[length..]);
            length += strip.Length;
        }
        return length;
    }

    /// <inheritdoc/>
    public void Dispose() => header.Dispose();

    static void Refuse(Image header)
    {
        var pixels = (long)header.Width * header.Height;
        if (pixels <= MostPixels) return;
        using (header)
            throw new SampleException($"the image has {header.Width} x {header.Height} = {pixels / 1e6:0} megapixels; the most is {MostPixels / 1_000_000}");
    }

    /// <summary>The next step of a pipeline, where it is needed; each costs tens of microseconds, as much as decoding a small image.</summary>
    static Image Then(Image image, bool isNeeded, Func<Image, Image> step)
    {
        if (!isNeeded) return image;
        using (image) return step(image);
    }

    /// <summary>As vips_thumbnail does: at least a factor of two is left to the better filter.</summary>
    static int Shrink(double factor) => factor switch { >= 16 => 8, >= 8 => 4, >= 4 => 2, _ => 1 };

    static Image ToColours(Image image)
    {
        image = Then(image, image.Interpretation != Enums.Interpretation.Srgb, static other => other.Colourspace(Enums.Interpretation.Srgb));
        image = Then(image, image.Format != Enums.BandFormat.Uchar, static wide => wide.Cast(Enums.BandFormat.Uchar));
        image = Then(image, image.HasAlpha(), static clear => clear.Flatten(background: [255, 255, 255]));
        return Then(image, image.Bands > 3, static many => many.ExtractBand(0, n: 3));
    }
}
