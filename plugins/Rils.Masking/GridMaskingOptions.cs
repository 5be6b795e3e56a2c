using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "grid"</c>. A regular grid of patches stays visible, as in MAE's ablation;
/// the noise draws where the grid starts, image by image. From the same noise a smaller ratio hides a subset of the
/// patches that a larger ratio hides.</summary>
public sealed record GridMaskingOptions : IValidatableObject
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1: 0.75 keeps one patch of four. MAE:
    /// 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HiddenShare.Validate(Ratio, validationContext);
}
