using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>torchvision's <c>RandomResizedCrop</c> for training; for evaluation the shorter side is resized and the
/// centre cropped.</summary>
/// <remarks>Reads JPEG, PNG, WebP, GIF and TIFF. Grey, CMYK and 16-bit images become 8-bit sRGB; transparent parts show
/// white; EXIF rotation is applied, embedded profiles of RGB images are not. An image that has lost pixels is refused.
/// The same stream gives the same bytes, whatever other threads do.</remarks>
public sealed class RandomResizedCrop : IAugmentation
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
    public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels) =>
        ImageReader.Read(encoded, pixels, (image, pixels) =>
    {
        // Each choice has its own stream, so an option changes nothing but its own choice.
        var box = CropBox.Draw(image.Width, image.Height, options, random.Fork("crop").Draw());
        var isMirrored = options.Flip && random.Fork("flip").Draw().NextDouble() < 0.5;
        return Decoded(image,
            new(Extent.Cropped(box.Left, box.Width), Extent.Cropped(box.Top, box.Height), isMirrored), pixels);
    });

    /// <inheritdoc/>
    public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels) =>
        ImageReader.Read(encoded, pixels, (image, pixels) =>
    {
        var shorter = Math.Min(image.Width, image.Height);
        return Decoded(image, new(Middle(image.Width, shorter), Middle(image.Height, shorter), IsMirrored: false),
            pixels);
    });

    ImageCrop Decoded(EncodedImage image, Cut cut, Span<byte> pixels)
    {
        image.Decode(cut, size, pixels);
        return cut.Of(image);
    }

    Extent Middle(int side, int shorter) => Extent.Middle(side, (long)size * side / shorter, size);
}
