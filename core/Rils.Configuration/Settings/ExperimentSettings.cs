using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary>The keys at the root of an experiment file that are no tables.</summary>
public sealed record ExperimentSettings : IValidatableObject
{
    /// <summary>The experiment's name; run folders are named after it. Left out: the file's, not a base's.</summary>
    public required string Name { get; init; }

    /// <summary>One run for each.</summary>
    [MinLength(1)]
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>Length of the run in passes over the training data.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double? Epochs { get; init; }

    /// <summary>Length of the run in optimizer steps.</summary>
    [Range(1, long.MaxValue)]
    public long? Steps { get; init; }

    /// <summary>Length of the run in samples seen.</summary>
    [Range(1, long.MaxValue)]
    public long? Samples { get; init; }

    /// <summary>What the models compute in: <c>bf16</c> or <c>fp32</c>. Not given: bf16 where the device multiplies it in hardware.</summary>
    public Precision? Precision { get; init; }

    /// <summary>Whether CUDA devices compute by algorithms that give the same bits each time; an operation that has
    /// none stops its arm. `false` allows such operations: two equal runs may then differ. A CPU gives the same bits
    /// either way.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>What the arms may differ in: tables (`target`, `objective`), keys (`masking.ratio`), single objectives (`objective.simclr`). Arms that differ
    /// elsewhere are refused. Not given: they may differ in everything.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>Optimizer steps of the run: whole batches, at least one.</summary>
    public long StepsFor(int batch, long stepsPerEpoch) => Math.Max(1,
        Steps ?? (Samples is { } samples ? samples / batch : (long)Math.Round(Epochs!.Value * stepsPerEpoch)));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        var given = new object?[] { Epochs, Steps, Samples }.Count(length => length is not null);
        if (given != 1) yield return new("give the length of the run by exactly one of epochs, steps and samples");
        if (Seeds.Distinct().Count() != Seeds.Count) yield return new("a seed is given twice", [nameof(Seeds)]);
    }
}
