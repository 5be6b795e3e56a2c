using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "block"</c>. Hides rectangles of patches, as BEiT and iBOT do. From the same
/// noise a smaller ratio hides a subset of the patches that a larger ratio hides.</summary>
public sealed record BlockMaskingOptions : IValidatableObject
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1. BEiT: 0.4; MAE compares 0.5 and
    /// 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.4;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HiddenShare.Validate(Ratio, validationContext);
}
