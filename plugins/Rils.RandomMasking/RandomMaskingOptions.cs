using System.ComponentModel.DataAnnotations;

namespace Rils.RandomMasking;

/// <summary>Options of <c>[masking] kind = "random"</c>.</summary>
public sealed record RandomMaskingOptions : IValidatableObject
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1. The papers of MAE and RILS use 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (validationContext.GetService(typeof(BackboneShape)) is BackboneShape backbone && Mistake(backbone.Grid.Count) is { } mistake)
            yield return new(mistake, [nameof(Ratio)]);
    }

    /// <summary>How many patches stay visible: int(L(1 - ratio)), rounded down as the authors' int() does, in double precision: of 10 patches, 0.9 keeps none.</summary>
    internal int Visible(int patches) => (int)(patches * (1 - Ratio));

    /// <summary>Says what to change where all patches would be hidden, or none.</summary>
    internal string? Mistake(int patches)
    {
        var visible = Visible(patches);
        return visible == 0 ? $"ratio = {Ratio} hides all of the {patches} patches; give a smaller ratio"
            : visible == patches ? $"ratio = {Ratio} hides none of the {patches} patches; give a larger ratio" : null;
    }
}
