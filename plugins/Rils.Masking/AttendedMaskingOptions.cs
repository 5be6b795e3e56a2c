using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "attended"</c>. Hides the patches that the class token of the teacher's last
/// layer attends to most, as a mean over its heads (AttMask; Kakogeorgiou et al. 2022). The teacher is <c>[teacher]</c>
/// or, without that table, the arm's own backbone. The attention takes one more pass over the images, without
/// gradients. Between patches that are equally attended to the noise decides.</summary>
public sealed record AttendedMaskingOptions : IValidatableObject, IMaskingOptions
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1. MAE and RILS, whose masks are random:
    /// 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;

    /// <inheritdoc/>
    public int Visible(int patches, long step, long steps) => HiddenShare.Visible(Ratio, patches);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HiddenShare.Validate(Ratio, validationContext);
}
