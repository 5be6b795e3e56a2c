using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "random"</c>. Hides patches drawn at random. From the same noise a smaller
/// ratio hides a subset of the patches that a larger ratio hides.</summary>
public sealed record RandomMaskingOptions : IValidatableObject
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1. MAE's and RILS's code:
    /// 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HiddenShare.Validate(Ratio, validationContext);
}
