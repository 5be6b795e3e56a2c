using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>Options of <c>[data.augmentation] kind = "random-resized-crop"</c>. The defaults are those of the trainer
/// of RILS and SLIP.</summary>
public sealed record RandomResizedCropOptions : IValidatableObject
{
    /// <summary>Smallest and largest area of the crop, as a share of the image's area. Paper: 0.5 to 1.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] Scale { get; init; } = [0.5, 1.0];

    /// <summary>Smallest and largest ratio of the crop's width to its height. Paper: 3/4 to 4/3, torchvision's
    /// default.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] Ratio { get; init; } = [3.0 / 4, 4.0 / 3];

    /// <summary>Whether half of the images are mirrored, drawn at random. Paper: no.</summary>
    public bool Flip { get; init; }

    /// <summary>The filter by which crops are resized: `bilinear`, torchvision's default, which SLIP's trainer uses, or
    /// `bicubic`. Both are antialiased, with the bytes of Pillow.</summary>
    public Interpolation Interpolation { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scale is [var least, var most] && !(0 < least && least <= most && most <= 1))
            yield return new(
                "scale must be two shares of the image's area, 0 < smallest <= largest <= 1", [nameof(Scale)]);
        if (Ratio is [var tall, var wide] && !(0 < tall && tall <= wide && double.IsFinite(wide)))
            yield return new("ratio must be two ratios of width to height, 0 < smallest <= largest", [nameof(Ratio)]);
    }
}
