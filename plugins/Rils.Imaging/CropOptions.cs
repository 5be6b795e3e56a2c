using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>The options that all augmentations of this plugin share: the crop, and changes of the cropped image's look.
/// A change is drawn for each image by itself; those of an image follow one another in the order of the options:
/// colours, grey, blur, solarize.</summary>
public abstract record CropOptions : IValidatableObject
{
    /// <summary>Makes the options of an augmentation that crops and changes nothing else.</summary>
    /// <param name="least">The smallest area of the crop, as a share of the image's area.</param>
    private protected CropOptions(double least) => Scale = [least, 1];

    /// <summary>Smallest and largest area of the crop, as a share of the image's area. SLIP: 0.5 to 1, and its views
    /// 0.08 to 1.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] Scale { get; init; }

    /// <summary>The filter by which crops are resized: `bilinear`, torchvision's default, which SLIP's trainer uses, or
    /// `bicubic`. Both are antialiased, with the bytes of Pillow.</summary>
    public Interpolation Interpolation { get; init; }

    /// <summary>The largest distance of the factors of brightness, contrast and saturation from 1, and of the hue's
    /// turn from 0, as a share of the colour circle. SLIP's views: 0.4, 0.4, 0.4, 0.1.</summary>
    [MinLength(4), MaxLength(4)]
    public double[] Jitter { get; init; } = [0.4, 0.4, 0.4, 0.1];

    /// <summary>Share of the images whose colours are changed by <see cref="Jitter"/>. SLIP's views: 0.8.</summary>
    [Range(0.0, 1.0)]
    public double JitterShare { get; init; }

    /// <summary>Share of the images that turn grey. SLIP's views: 0.2.</summary>
    [Range(0.0, 1.0)]
    public double GreyShare { get; init; }

    /// <summary>Share of the images that are blurred. SLIP's views: 0.5.</summary>
    [Range(0.0, 1.0)]
    public double BlurShare { get; init; }

    /// <summary>Smallest and largest standard deviation of the blur, in pixels of the resized crop. SLIP's views: 0.1
    /// to 2, at 224 pixels.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] BlurSigma { get; init; } = [0.1, 2.0];

    /// <summary>Share of the images that are solarized: numbers from 128 to 255 become 255 minus themselves. SLIP:
    /// none; BYOL: 0.2 of the second views.</summary>
    [Range(0.0, 1.0)]
    public double SolarizeShare { get; init; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ScaleMistake("scale", Scale) is { } wrong) yield return new(wrong, [nameof(Scale)]);
        if (Jitter is [.. var factors, var hue]
            && !(factors.All(factor => factor is >= 0 and <= 1) && hue is >= 0 and <= 0.5))
            yield return new(
                "jitter must be brightness, contrast and saturation, 0 to 1 each, and hue, 0 to 0.5",
                [nameof(Jitter)]);
        if (BlurSigma is [var sharp, var soft] && !(0 <= sharp && sharp <= soft && soft <= 100))
            yield return new(
                "blur_sigma must be two standard deviations in pixels, 0 <= smallest <= largest <= 100",
                [nameof(BlurSigma)]);
    }

    /// <summary>Says what two shares of an area must be; null where they are.</summary>
    private protected static string? ScaleMistake(string key, double[] scale) =>
        scale is [var least, var most] && !(0 < least && least <= most && most <= 1)
            ? $"{key} must be two shares of the image's area, 0 < smallest <= largest <= 1" : null;
}
