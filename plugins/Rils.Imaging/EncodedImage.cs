using NetVips;

namespace Rils.Imaging;

/// <summary>An image file whose header has been read.</summary>
/// <param name="Encoded">The bytes of the file.</param>
/// <param name="Width">In pixels, as it is shown (after EXIF rotation).</param>
/// <param name="Height">In pixels, as it is shown.</param>
/// <param name="IsUpright">Whether the rows of the file are the rows as it is shown.</param>
/// <param name="CanShrink">Whether it can be decoded at a half, a quarter or an eighth of its size (JPEG).</param>
readonly record struct EncodedImage(ReadOnlyMemory<byte> Encoded, int Width, int Height, bool IsUpright, bool CanShrink)
{
    /// <summary>About 400 MB when decoded; larger files are mistakes or traps.</summary>
    const long MostPixels = 100_000_000;

    /// <exception cref="SampleException">It is larger than 100 megapixels.</exception>
    /// <exception cref="VipsException">The bytes are no image.</exception>
    public static EncodedImage ReadHeader(ReadOnlyMemory<byte> encoded)
    {
        using var header = Vips.Open(encoded, Enums.Access.Sequential);
        var pixels = (long)header.Width * header.Height;
        if (pixels > MostPixels)
            throw new SampleException($"the image has {header.Width} x {header.Height} = {pixels / 1e6:0} megapixels; the most is {MostPixels / 1_000_000}");
        var orientation = header.Contains("orientation") ? Convert.ToInt32(header.Get("orientation")) : 1;
        var isTurned = orientation is >= 5 and <= 8;
        var isJpeg = header.Contains("vips-loader") && header.Get("vips-loader") is string loader && loader.StartsWith("jpegload", StringComparison.Ordinal);
        return new(encoded, isTurned ? header.Height : header.Width, isTurned ? header.Width : header.Height, orientation is < 2 or > 8, isJpeg);
    }

    /// <summary>Decodes a part and resizes it: 3 x 8 bits sRGB, on white.</summary>
    /// <param name="box">The part of the image as it is shown.</param>
    /// <param name="width">Of the result, in pixels.</param>
    /// <param name="height">Of the result, in pixels.</param>
    public Image Decode(CropBox box, int width, int height)
    {
        var shrink = CanShrink ? Shrink(Math.Min((double)box.Width / width, (double)box.Height / height)) : 1;
        var isInOrder = IsUpright && box.Width >= width && box.Height >= height;
        var image = Vips.Open(Encoded, isInOrder ? Enums.Access.Sequential : Enums.Access.Random, shrink);
        image = Then(image, !IsUpright, static stored => stored.Autorot());
        var part = shrink == 1 ? box : box.Shrunk(shrink, image.Width, image.Height);
        image = Then(image, part != new CropBox(0, 0, image.Width, image.Height), whole => whole.Crop(part.Left, part.Top, part.Width, part.Height));
        return Resize(ToColours(image), width, height);
    }

    /// <summary>The next step of a pipeline, where it is needed; each costs tens of microseconds, as much as decoding a small image.</summary>
    static Image Then(Image image, bool isNeeded, Func<Image, Image> step)
    {
        if (!isNeeded) return image;
        using (image) return step(image);
    }

    /// <summary>Bicubic (Catmull-Rom, widened when shrinking) between the images' edges: what Pillow does, and so torchvision.</summary>
    static Image Resize(Image image, int width, int height)
    {
        var (horizontal, vertical) = ((double)width / image.Width, (double)height / image.Height);
        // Gap 0: no box filter first.
        image = Then(image, horizontal < 1 || vertical < 1,
            larger => larger.Resize(Math.Min(horizontal, 1), Enums.Kernel.Cubic, gap: 0, vscale: Math.Min(vertical, 1)));
        return Then(image, horizontal > 1 || vertical > 1,
            smaller => Enlarge(smaller, Math.Max(horizontal, 1), Math.Max(vertical, 1), width, height));
    }

    /// <summary>libvips' resize enlarges half a pixel off; the offsets here put the edges of both images on each other.</summary>
    static Image Enlarge(Image image, double right, double down, int width, int height)
    {
        using var bicubic = Interpolate.NewFromName("bicubic");
        return image.Affine([right, 0, 0, down], bicubic, oarea: [0, 0, width, height],
            idx: 0.5 - 0.5 / right, idy: 0.5 - 0.5 / down, extend: Enums.Extend.Copy);
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
