using System.Buffers;
using NetVips;

namespace Rils.Imaging;

/// <summary>An image file of which only the header has been read.</summary>
sealed class EncodedImage : IDisposable
{
    /// <summary>The most pixels of an image: a larger file is a mistake or a trap.</summary>
    const long MostPixels = 100_000_000;

    /// <summary>The most bytes of a decoded image: 100 megapixels in four channels of 8 bits, or half as many in
    /// channels of 16 bits. libvips holds interlaced and rotated images whole.</summary>
    const long MostBytes = 4 * MostPixels;

    /// <summary>Bytes of a strip: so few that libvips and the allocator keep no large blocks for it.</summary>
    const int Strip = 80_000;

    readonly ReadOnlyMemory<byte> encoded;
    readonly Enums.FailOn failOn;
    readonly Image header;
    readonly bool isUpright, canShrink;

    /// <summary>Reads the header.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="failOn">From which problem on libvips refuses the image.</param>
    /// <exception cref="SampleException">The image has more than 100 megapixels, or more than 400 MB when
    /// decoded.</exception>
    /// <exception cref="VipsException">The bytes are not an image.</exception>
    public EncodedImage(ReadOnlyMemory<byte> encoded, Enums.FailOn failOn)
    {
        (this.encoded, this.failOn) = (encoded, failOn);
        header = Vips.Open(encoded, Enums.Access.Sequential, failOn);
        Refuse(header);
        var orientation = header.Contains("orientation") ? Convert.ToInt32(header.Get("orientation")) : 1;
        (Width, Height) = orientation is >= 5 and <= 8 ? (header.Height, header.Width) : (header.Width, header.Height);
        isUpright = orientation is < 2 or > 8;
        canShrink = header.Contains("vips-loader") && header.Get("vips-loader") is string loader
            && loader.StartsWith("jpegload", StringComparison.Ordinal);
    }

    /// <summary>Width of the image as it is shown (after EXIF rotation), in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the image as it is shown, in pixels.</summary>
    public int Height { get; }

    /// <summary>Decodes a part and resizes it. Call this once only: rows are read in order.</summary>
    /// <param name="cut">The part of the image.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="pixels">Receives RGB on white, <c>[3, size, size]</c>.</param>
    public void Decode(Cut cut, int size, Span<byte> pixels)
    {
        var shrink = ShrinkFor(cut, size);
        using var colours = Open(shrink);
        cut = cut.Shrunk(shrink, colours.Width, colours.Height);
        using var part = Fetch(colours, cut.Columns, cut.Rows);
        RgbPart.Resize(cut, part, size, pixels);
    }

    /// <summary>Decodes the whole image at its own size. Call this once only.</summary>
    /// <returns>RGB on white, <c>[height, width, 3]</c>.</returns>
    public byte[] DecodeWhole()
    {
        using var colours = Open(shrink: 1);
        using var whole = Fetch(colours, Extent.Cropped(0, Width), Extent.Cropped(0, Height));
        return whole.Memory.Span[..(3 * Width * Height)].ToArray();
    }

    /// <summary>Decodes several parts together, at the finest of the sizes that they need, and resizes each. Call this
    /// once only.</summary>
    /// <param name="cuts">The parts of the image; they may overlap.</param>
    /// <param name="sizes">Side of each result, in pixels.</param>
    /// <param name="pixels">Receives the results: RGB on white, <c>[3, size, size]</c> each.</param>
    public void Decode(IReadOnlyList<Cut> cuts, IReadOnlyList<int> sizes, IReadOnlyList<Memory<byte>> pixels)
    {
        var shrink = cuts.Zip(sizes, ShrinkFor).Min();
        using var colours = Open(shrink);
        Cut[] own = [.. cuts.Select(cut => cut.Shrunk(shrink, colours.Width, colours.Height))];
        var columns = own.Select(cut => cut.Columns).Aggregate((all, next) => all.Around(next));
        var rows = own.Select(cut => cut.Rows).Aggregate((all, next) => all.Around(next));
        using var whole = Fetch(colours, columns, rows);
        foreach (var (number, cut) in own.Index())
            RgbPart.Resize(cut, whole.Memory.Span, columns, rows, sizes[number], pixels[number].Span);
    }

    /// <inheritdoc/>
    public void Dispose() => header.Dispose();

    int ShrinkFor(Cut cut, int size) =>
        canShrink ? Shrink(Math.Min(cut.Columns.Length, cut.Rows.Length) / size) : 1;

    /// <summary>Opens the image as it is shown, at 1/<paramref name="shrink"/> of its size, without decoding it
    /// yet.</summary>
    Image Open(int shrink)
    {
        // The header was opened for rows in order and for the whole size; for anything else the file is opened again.
        var image = isUpright && shrink == 1 ? header
            : Vips.Open(encoded, isUpright ? Enums.Access.Sequential : Enums.Access.Random, failOn, shrink);
        return ToColours(Then(image, !isUpright, static stored => stored.Autorot()));
    }

    /// <summary>Decodes a part to RGB bytes, strip by strip from its top. libvips decodes a region in this thread, but
    /// a whole image in a pool of its own threads, however few it may use.</summary>
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

    static void Refuse(Image header)
    {
        var (pixels, bytesEach) = ((long)header.Width * header.Height, header.Bands * BytesOf(header.Format));
        if (pixels <= MostPixels && pixels * bytesEach <= MostBytes) return;
        using (header)
            throw new SampleException(pixels > MostPixels
                ? $"the image has {header.Width} x {header.Height} = {pixels / 1e6:0} megapixels; "
                    + $"the most is {MostPixels / 1_000_000}"
                : $"the image has {header.Width} x {header.Height} pixels of {bytesEach} bytes, "
                    + $"{pixels * bytesEach / 1e6:0} MB; the most is {MostBytes / 1_000_000}");
    }

    static int BytesOf(Enums.BandFormat format) => format switch
    {
        Enums.BandFormat.Uchar or Enums.BandFormat.Char => 1,
        Enums.BandFormat.Ushort or Enums.BandFormat.Short => 2,
        Enums.BandFormat.Uint or Enums.BandFormat.Int or Enums.BandFormat.Float => 4,
        _ => 8,
    };

    /// <summary>Adds a step to a pipeline where the step is needed: each costs tens of microseconds, as much as
    /// decoding a small image.</summary>
    static Image Then(Image image, bool isNeeded, Func<Image, Image> step)
    {
        if (!isNeeded) return image;
        using (image) return step(image);
    }

    /// <summary>The factor by which the decoder shrinks, as in vips_thumbnail: the better filter still shrinks by a
    /// factor of two or more.</summary>
    static int Shrink(double factor) => factor switch { >= 16 => 8, >= 8 => 4, >= 4 => 2, _ => 1 };

    static Image ToColours(Image image)
    {
        var hasInks = image is { Interpretation: Enums.Interpretation.Cmyk, Bands: 4, Format: Enums.BandFormat.Uchar };
        image = Then(image, hasInks, Inks.ToRgb);
        image = Then(image, image.Interpretation != Enums.Interpretation.Srgb,
            static other => other.Colourspace(Enums.Interpretation.Srgb));
        image = Then(image, image.Format != Enums.BandFormat.Uchar, static wide => wide.Cast(Enums.BandFormat.Uchar));
        image = Then(image, image.HasAlpha(), static clear => clear.Flatten(background: [255, 255, 255]));
        return Then(image, image.Bands > 3, static many => many.ExtractBand(0, n: 3));
    }
}
