using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>Options of <c>[data.augmentation] kind = "random-resized-crop"</c>. The defaults are those of SLIP's
/// trainer; the trainer of RILS was never published.</summary>
public sealed record RandomResizedCropOptions() : CropOptions(least: 0.5)
{
    /// <summary>Smallest and largest ratio of the crop's width to its height. SLIP: 3/4 to 4/3, torchvision's
    /// default.</summary>
    [MinLength(2), MaxLength(2)]
    public double[] Ratio { get; init; } = CropBox.UsualRatio;

    /// <summary>Whether half of the images are mirrored, drawn at random. SLIP: no.</summary>
    public bool Flip { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var mistake in base.Validate(validationContext)) yield return mistake;
        if (Ratio is [var tall, var wide] && !(0 < tall && tall <= wide && double.IsFinite(wide)))
            yield return new("ratio must be two ratios of width to height, 0 < smallest <= largest", [nameof(Ratio)]);
    }
}
