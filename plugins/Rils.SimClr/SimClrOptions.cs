using System.ComponentModel.DataAnnotations;

namespace Rils.SimClr;

/// <summary>Options of <c>[[objective]] kind = "simclr"</c>: two augmented views of an image are to be alike, and unlike those of the batch's other images.
/// Needs <c>[data.views]</c>.</summary>
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

    /// <summary>Width of what the projection head makes of a view. SLIP: 256.</summary>
    [Range(1, int.MaxValue)]
    public int Dim { get; init; } = 256;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (validationContext.GetService(typeof(ExperimentContext)) is ExperimentContext { BatchSize: 1 })
            yield return new(
                "batch = 1 in [data] gives a view nothing to be told from, so this loss is always 0: raise `batch`");
    }
}
