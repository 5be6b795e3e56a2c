using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "similar"</c>. Hides the patches whose tokens in the teacher's pass are most
/// similar (by cosine) to the mean of the image's patch tokens: those that say most of what the image shows. The idea
/// is AttMask's (Kakogeorgiou et al. 2022), which hides the patches that the teacher attends to most. The teacher is
/// <c>[teacher]</c> or, without that table, the arm's own full pass. Between patches that are equally similar the noise
/// decides.</summary>
public sealed record SimilarMaskingOptions : IValidatableObject, IMaskingOptions
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
