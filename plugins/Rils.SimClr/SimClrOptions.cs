using System.ComponentModel.DataAnnotations;

namespace Rils.SimClr;

/// <summary>Options of <c>[[objective]] kind = "simclr"</c>. The loss makes the augmented views of an image alike,
/// and unlike the views of the batch's other images. Needs <c>[data.views]</c> with two views or more.</summary>
public sealed record SimClrOptions : IValidatableObject
{
    /// <summary>Factor of this term in the loss. SLIP: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;

    /// <summary>Divides the cosines. SLIP: 0.1.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 0.1;

    /// <summary>Width of the projection head's two hidden layers. SLIP: 4096.</summary>
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 4096;

    /// <summary>Width of the projection head's output for a view. SLIP: 256.</summary>
    [Range(1, int.MaxValue)]
    public int Dim { get; init; } = 256;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (validationContext.GetService(typeof(ExperimentContext)) is ExperimentContext { BatchSize: 1 })
            yield return new(
                "batch = 1 in [data] leaves a view no other image to compare with, so this loss is always 0: "
                + "raise `batch`");
    }
}
