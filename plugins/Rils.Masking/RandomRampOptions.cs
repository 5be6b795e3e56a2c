using System.ComponentModel.DataAnnotations;

namespace Rils.Masking;

/// <summary>Options of <c>[masking] kind = "random-ramp"</c>. Hides patches drawn at random, as <c>random</c> does, and
/// the hidden share goes from one ratio to another over the run. With equal ratios the masks are those of
/// <c>random</c>. oneDNN compiles its kernels again for each number of visible patches, so that a step with a new
/// number takes longer.</summary>
public sealed record RandomRampOptions : IValidatableObject, IMaskingOptions
{
    /// <summary>Share of the patches that is hidden in the first step, above 0 and below 1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.5;

    /// <summary>Share of the patches that is hidden in the last step, above 0 and below 1; smaller than
    /// <see cref="Ratio"/> where the task shall get easier.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double RatioEnd { get; init; } = 0.75;

    /// <summary>The way from the first ratio to the last: evenly, or slowly at both ends (half a cosine).</summary>
    public RampShape Shape { get; init; } = RampShape.Linear;

    /// <inheritdoc/>
    public int Visible(int patches, long step, long steps) => HiddenShare.Visible(RatioAt(step, steps), patches);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [.. HiddenShare.Validate(Ratio, validationContext),
            .. HiddenShare.Validate(RatioEnd, validationContext, nameof(RatioEnd))];

    /// <summary>The hidden share in a step.</summary>
    internal double RatioAt(long step, long steps)
    {
        if (step >= steps - 1) return steps > 1 ? RatioEnd : Ratio;
        var done = (double)step / (steps - 1);
        return Ratio + (RatioEnd - Ratio) * (Shape == RampShape.Linear ? done : (1 - Math.Cos(Math.PI * done)) / 2);
    }
}
