using System.Buffers;
using NetVips;

namespace Rils.Imaging;

/// <summary>An image file whose header has been read, and nothing else.</summary>
sealed class EncodedImage : IDisposable
{
    /// <summary>Larger files are mistakes or traps.</summary>
    const long MostPixels = 100_000_000;

    /// <summary>When decoded: 100 megapixels in four colours of 8 bits, or half as many of 16. Interlaced and rotated
    /// images are held whole.</summary>
    const long MostBytes = 4 * MostPixels;

    /// <summary>Bytes of a strip: few enough that libvips and the allocator keep no large blocks for it.</summary>
    const int Strip = 80_000;

    readonly ReadOnlyMemory<byte> encoded;
    readonly Enums.FailOn failOn;
    readonly Image header;
    readonly bool isUpright, canShrink;

    /// <summary>Reads the header.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="failOn">What is no image any more.</param>
    /// <exception cref="SampleException">It is larger than 100 megapixels, or than 400 MB when decoded.</exception>
    /// <exception cref="VipsException">The bytes are no image.</exception>
    public EncodedImage(ReadOnlyMemory<byte> encoded, Enums.FailOn failOn)
    {
        (this.encoded, this.failOn) = (encoded, failOn);
        header = Vips.Open(encoded, Enums.Access.Sequential, failOn);
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
    /// <param name="cut">The part.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives RGB on white, <c>[3, size, size]</c>.</param>
    public void Decode(Cut cut, int size, Span<byte> pixels)
    {
        var shrink = ShrinkFor(cut, size);
        using var colours = Open(shrink);
        cut = cut.Shrunk(shrink, colours.Width, colours.Height);
        using var part = Fetch(colours, cut.Columns, cut.Rows);
        Resize(cut, part, size, pixels);
    }

    /// <summary>Decodes what two parts need at once, as finely as the finer of them needs it, and resizes each. Once only.</summary>
    /// <param name="one">A part.</param>
    /// <param name="other">Another; they may overlap.</param>
    /// <param name="size">Side of the results, in pixels.</param>
    /// <param name="first">Receives <paramref name="one"/>: RGB on white, <c>[3, size, size]</c>.</param>
    /// <param name="second">Receives <paramref name="other"/>.</param>
    public void DecodePair(Cut one, Cut other, int size, Span<byte> first, Span<byte> second)
    {
        var shrink = Math.Min(ShrinkFor(one, size), ShrinkFor(other, size));
        using var colours = Open(shrink);
        (one, other) = (one.Shrunk(shrink, colours.Width, colours.Height), other.Shrunk(shrink, colours.Width, colours.Height));
        var (columns, rows) = (one.Columns.Around(other.Columns), one.Rows.Around(other.Rows));
        using var both = Fetch(colours, columns, rows);
        using var ones = Part(both.Memory.Span, columns, rows, one);
        Resize(one, ones, size, first);
        using var others = Part(both.Memory.Span, columns, rows, other);
        Resize(other, others, size, second);
    }

    /// <inheritdoc/>
    public void Dispose() => header.Dispose();

    int ShrinkFor(Cut cut, int size) => canShrink ? Shrink(Math.Min(cut.Columns.Length, cut.Rows.Length) / size) : 1;

    /// <summary>The image as it is shown, or a fraction of it, not decoded yet.</summary>
    Image Open(int shrink)
    {
        // The header was opened for rows in order and the whole size; anything else is opened anew.
        var image = isUpright && shrink == 1
            ? header : Vips.Open(encoded, isUpright ? Enums.Access.Sequential : Enums.Access.Random, failOn, shrink);
        return ToColours(Then(image, !isUpright, static stored => stored.Autorot()));
    }

    /// <summary>RGB bytes of a part, from its top down in strips. A region is decoded in this thread; a whole image
    /// goes through a pool of libvips's threads, however few it may use.</summary>
    static IMemoryOwner<byte> Fetch(Image colours, Extent columns, Extent rows)
    {
        using var region = Region.New(colours);
        var width = columns.End - columns.First;
        var part = MemoryPool<byte>.Shared.Rent(3 * width * (rows.End - rows.First));
        var atOnce = Math.Max(1, Strip / (3 * width));
        for (var row = rows.First; row < rows.End; row += atOnce)
        {
            var target = part.Memory.Span[(3 * width * (row - rows.First))..];
            VipsRegion.Fetch(region, columns.First, row, width, Math.Min(atOnce, rows.End - row), target);
        }
        return part;
    }

    /// <summary>RGB bytes of a cut, out of those of a larger part.</summary>
    static IMemoryOwner<byte> Part(ReadOnlySpan<byte> whole, Extent columns, Extent rows, Cut cut)
    {
        var (width, partWidth) = (3 * (columns.End - columns.First), 3 * (cut.Columns.End - cut.Columns.First));
        var part = MemoryPool<byte>.Shared.Rent((cut.Rows.End - cut.Rows.First) * partWidth);
        for (var row = cut.Rows.First; row < cut.Rows.End; row++)
            whole.Slice((row - rows.First) * width + 3 * (cut.Columns.First - columns.First), partWidth).CopyTo(part.Memory.Span[((row - cut.Rows.First) * partWidth)..]);
        return part;
    }

    static void Resize(Cut cut, IMemoryOwner<byte> part, int size, Span<byte> pixels)
    {
        var width = cut.Columns.End - cut.Columns.First;
        var bytes = part.Memory.Span[..(3 * width * (cut.Rows.End - cut.Rows.First))]; // a pool lends more than was asked for
        Resampler.Resize(bytes, width, cut.Rows, cut.Columns, cut.IsMirrored, size, pixels);
    }

    static void Refuse(Image header)
    {
        var (pixels, bytesEach) = ((long)header.Width * header.Height, header.Bands * BytesOf(header.Format));
        if (pixels <= MostPixels && pixels * bytesEach <= MostBytes) return;
        using (header)
            throw new SampleException(pixels > MostPixels
                ? $"the image has {header.Width} x {header.Height} = {pixels / 1e6:0} megapixels; the most is {MostPixels / 1_000_000}"
                : $"the image has {header.Width} x {header.Height} pixels of {bytesEach} bytes, {pixels * bytesEach / 1e6:0} MB; the most is {MostBytes / 1_000_000}");
    }

    static int BytesOf(Enums.BandFormat format) => format switch
    {
        Enums.BandFormat.Uchar or Enums.BandFormat.Char => 1,
        Enums.BandFormat.Ushort or Enums.BandFormat.Short => 2,
        Enums.BandFormat.Uint or Enums.BandFormat.Int or Enums.BandFormat.Float => 4,
        _ => 8,
    };

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
