using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>torchvision's <c>RandomResizedCrop</c> for training, then the changes of the look that the options name;
/// for evaluation the shorter side is resized and the centre cropped.</summary>
/// <remarks>Reads JPEG, PNG, WebP, GIF and TIFF into the bytes that Pillow decodes, but for two things: transparent
/// parts show white, and 16-bit grey is scaled to 8 bits, not cut off. EXIF rotation is applied, colour profiles are
/// not. An image that has lost pixels is refused. Crops, then resizes with Pillow's bytes, but for a JPEG whose crop
/// shrinks to a quarter or less: the decoder shrinks it first. The same stream gives the same bytes, whatever other
/// threads do.</remarks>
public sealed class RandomResizedCrop : IDecodedAugmentation
{
    readonly RandomResizedCropOptions options;
    readonly int size;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="options">The ranges that crops are drawn from.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public RandomResizedCrop(RandomResizedCropOptions options, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, this.size) = (options, size);
    }

    /// <inheritdoc/>
    public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
    {
        var shown = ImageReader.Read(encoded, pixels, (image, pixels) =>
            Decoded(image, Drawn(image.Width, image.Height, random), pixels));
        Look.Change(options, random, pixels, size);
        return shown;
    }

    /// <inheritdoc/>
    public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels) =>
        ImageReader.Read(encoded, pixels, (image, pixels) =>
            Decoded(image, Centre(image.Width, image.Height), pixels));

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => ImageReader.ReadWhole(encoded);

    /// <inheritdoc/>
    public ImageCrop Train(DecodedImage image, RandomStream random, Span<byte> pixels)
    {
        var shown = Drawn(image.Width, image.Height, random).Resize(image, size, pixels);
        Look.Change(options, random, pixels, size);
        return shown;
    }

    /// <inheritdoc/>
    public ImageCrop Evaluate(DecodedImage image, Span<byte> pixels) =>
        Centre(image.Width, image.Height).Resize(image, size, pixels);

    /// <summary>Draws a cut. Each choice has its own stream, so an option changes nothing but its own
    /// choice.</summary>
    Cut Drawn(int width, int height, RandomStream random)
    {
        var box = CropBox.Draw(width, height, options.Scale, options.Ratio, random.Fork("crop").Draw());
        var isMirrored = options.Flip && Look.Happens(random, "flip", 0.5);
        return new(Extent.Cropped(box.Left, box.Width), Extent.Cropped(box.Top, box.Height), isMirrored,
            options.Interpolation);
    }

    Cut Centre(int width, int height)
    {
        var shorter = Math.Min(width, height);
        return new(Middle(width, shorter), Middle(height, shorter), IsMirrored: false,
            options.Interpolation);
    }

    ImageCrop Decoded(EncodedImage image, Cut cut, Span<byte> pixels)
    {
        image.Decode(cut, size, pixels);
        return cut.Of(image.Width, image.Height);
    }

    Extent Middle(int side, int shorter) =>
        Extent.Middle(side, (long)size * side / shorter, size, options.Interpolation);
}
