using System.ComponentModel.DataAnnotations;

namespace Rils.Contract;

/// <summary>The keys of a table that takes trained weights. An arm with options that derive from this record also gets
/// a component <see cref="PretrainedWeights{TOptions}"/>, from which systems read the weights. The engine trains an arm
/// before the arms that take its weights.</summary>
public abstract record PretrainedOptions : IValidatableObject
{
    /// <summary>The name of the arm whose weights are taken: an arm of this file, which then trains in an earlier
    /// phase, or an arm of <see cref="Run"/>.</summary>
    public string? From { get; init; }

    /// <summary>The folder of an earlier run that has the arm <see cref="From"/>; each seed takes the weights of the
    /// same seed.</summary>
    [ExperimentPath]
    public string? Run { get; init; }

    /// <summary>The path of a safetensors file, for all seeds: the <c>model.safetensors</c> of a run, or another
    /// project's file. For a model in several files, the path of their index.</summary>
    [ExperimentPath]
    public string? Path { get; init; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Path is null && From is null)
            yield return new(
                "names no weights: give from = \"ARM\", from and run = \"DIR\", or path = \"FILE.safetensors\"");
        if (Path is not null && From is not null)
            yield return new("gives `from` and `path`: one of them, since each names the weights", [nameof(Path)]);
        if (Run is not null && From is null)
            yield return new("gives `run` without `from`, the arm of that run", [nameof(Run)]);
    }
}
