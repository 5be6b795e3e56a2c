using System.ComponentModel.DataAnnotations;

namespace Rils.Contrastive;

/// <summary>Options of <c>[[objective]] kind = "contrastive"</c>.</summary>
public sealed record ContrastiveOptions : IValidatableObject
{
    /// <summary>Factor of this term in the loss. RILS and SLIP: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;

    /// <summary>Whether samples of the batch with the same caption stop being each other's negatives: their pairs leave
    /// the softmax, so that a caption with several copies counts once. CLIP's, SLIP's and RILS's code keeps the pairs:
    /// false.</summary>
    public bool MergeEqualCaptions { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (validationContext.GetService(typeof(ExperimentContext)) is ExperimentContext { BatchSize: 1 })
            yield return new(
                "batch = 1 in [data] leaves a caption no other to compare with, so this loss is always 0: "
                + "raise `batch`");
    }
}
