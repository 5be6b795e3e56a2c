using System.ComponentModel.DataAnnotations;
using NetVips;

namespace Rils.Imaging;

/// <summary>torchvision's <c>RandomResizedCrop</c> for training; for evaluation the shorter side resized and the centre cropped.</summary>
/// <remarks>JPEG, PNG, WebP, GIF and TIFF; grey, CMYK and 16-bit images become 8-bit sRGB, alpha lies on white, EXIF rotation is applied;
/// embedded profiles of RGB images are not. The same stream gives the same bytes, whatever other threads do.</remarks>
public sealed class RandomResizedCrop : IAugmentation
{
    readonly RandomResizedCropOptions options;
    readonly int size;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="options">What is drawn.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public RandomResizedCrop(RandomResizedCropOptions options, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, this.size) = (options, size);
    }

    /// <inheritdoc/>
    public void Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
    {
        try
        {
            var image = EncodedImage.ReadHeader(encoded);
            // Each choice has its own stream, so that an option changes nothing but itself.
            var box = CropBox.Draw(image.Width, image.Height, options, random.Fork("crop").Draw());
            using var decoded = image.Decode(box, size, size);
            var isMirrored = options.Flip && random.Fork("flip").Draw().NextDouble() < 0.5;
            Write(decoded, pixels, isMirrored);
        }
        catch (VipsException problem)
        {
            throw Unusable(problem);
        }
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels)
    {
        try
        {
            var image = EncodedImage.ReadHeader(encoded);
            var (width, height) = image.Width <= image.Height
                ? (size, (int)((long)size * image.Height / image.Width)) : ((int)((long)size * image.Width / image.Height), size);
            using var decoded = image.Decode(new(0, 0, image.Width, image.Height), width, height);
            using var shown = decoded.Crop((int)Math.Round((width - size) / 2.0), (int)Math.Round((height - size) / 2.0), size, size);
            Write(shown, pixels, isMirrored: false);
        }
        catch (VipsException problem)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>Decodes: pixel by pixel to plane by plane.</summary>
    void Write(Image image, Span<byte> pixels, bool isMirrored)
    {
        var interleaved = image.WriteToMemory<byte>();
        for (var band = 0; band < 3; band++)
            for (var y = 0; y < size; y++)
            {
                var row = pixels.Slice((band * size + y) * size, size);
                for (var x = 0; x < size; x++) row[x] = interleaved[3 * (y * size + x) + band];
                if (isMirrored) row.Reverse();
            }
    }

    static SampleException Unusable(VipsException problem) =>
        new($"the bytes are no image that can be decoded: {problem.Message.ReplaceLineEndings("; ").Trim(' ', ';')}", problem);
}
