using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>Options of <c>[data.views] kind = "simclr"</c>. Makes two views of each image for objectives that compare
/// them, where some arm reads views. The defaults are those of SLIP's trainer.</summary>
public sealed record SimClrViewsOptions : IValidatableObject
{
    /// <summary>Smallest and largest area of the crop, as a share of the image's area. SLIP: 0.08 to 1.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] Scale { get; init; } = [0.08, 1.0];

    /// <summary>The largest distance of the factors of brightness, contrast and saturation from 1, and of the hue's
    /// turn from 0, as a share of the colour circle. SLIP: 0.4, 0.4, 0.4, 0.1.</summary>
    [MinLength(4), MaxLength(4)]
    public double[] Jitter { get; init; } = [0.4, 0.4, 0.4, 0.1];

    /// <summary>Share of the views whose colours are changed by <see cref="Jitter"/>. SLIP: 0.8.</summary>
    [Range(0.0, 1.0)]
    public double JitterShare { get; init; } = 0.8;

    /// <summary>Share of the views that turn grey. SLIP: 0.2.</summary>
    [Range(0.0, 1.0)]
    public double GreyShare { get; init; } = 0.2;

    /// <summary>Share of the views that are blurred. SLIP: 0.5.</summary>
    [Range(0.0, 1.0)]
    public double BlurShare { get; init; } = 0.5;

    /// <summary>Smallest and largest standard deviation of the blur, in pixels of the view. SLIP: 0.1 to 2, at 224
    /// pixels.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] BlurSigma { get; init; } = [0.1, 2.0];

    /// <summary>Share of the views that are mirrored. SLIP: 0.5.</summary>
    [Range(0.0, 1.0)]
    public double FlipShare { get; init; } = 0.5;

    /// <summary>The filter by which crops are resized: `bilinear`, torchvision's default, which SLIP's trainer uses, or
    /// `bicubic`. Both are antialiased, with the bytes of Pillow.</summary>
    public Interpolation Interpolation { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scale is [var least, var most] && !(0 < least && least <= most && most <= 1))
            yield return new(
                "scale must be two shares of the image's area, 0 < smallest <= largest <= 1", [nameof(Scale)]);
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
}
