using System.ComponentModel.DataAnnotations;

namespace Rils.Contract;

/// <summary>Keys of a table that takes trained weights. Options that derive from it give the arm, beside themselves, a component
/// <see cref="GivenWeights{TOptions}"/>: systems read the weights there, and the engine trains an arm that is taken from before the arm that takes.</summary>
public abstract record WeightsOrigin : IValidatableObject
{
    /// <summary>The arm whose weights are taken: one of this file, which is then trained in an earlier phase, or one of <see cref="Run"/>.</summary>
    public string? From { get; init; }

    /// <summary>The folder of an earlier run that has the arm <see cref="From"/>; each seed takes the weights of the same seed.</summary>
    [ExperimentPath]
    public string? Run { get; init; }

    /// <summary>A safetensors file, for all seeds: any run's <c>model.safetensors</c>, or another project's; where it
    /// is divided, the index of its parts.</summary>
    [ExperimentPath]
    public string? Path { get; init; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Path is null && From is null) yield return new("says of no weights: give from = \"ARM\", from and run = \"DIR\", or path = \"FILE.safetensors\"");
        if (Path is not null && From is not null) yield return new("gives `from` and `path`: one of them, since each names the weights", [nameof(Path)]);
        if (Run is not null && From is null) yield return new("gives `run` without `from`, the arm of that run", [nameof(Run)]);
    }
}
