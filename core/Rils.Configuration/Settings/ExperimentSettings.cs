using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary>The keys at the root of an experiment file that are no tables.</summary>
public sealed record ExperimentSettings : IValidatableObject
{
    /// <summary>The experiment's name; run folders are named after it. Not given: the name of the file, never the name
    /// of its base.</summary>
    public required string Name { get; init; }

    /// <summary>Seeds; each gives a run of its own.</summary>
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

    /// <summary>Number format in which the models compute: <c>bf16</c> or <c>fp32</c>. Not given: bf16 where the device
    /// multiplies it in hardware.</summary>
    public Precision? Precision { get; init; }

    /// <summary>Whether CUDA devices use algorithms that give the same bits each time; an operation without such an
    /// algorithm stops its arm. `false` allows such operations: two equal runs may then differ. A CPU gives the same
    /// bits either way.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>The number of processes whose semantics the losses have, whatever really computes: each has an equal
    /// share of the batch, so that the number divides `batch`. 1: everything has gradients. More: contrast and
    /// prototypes see the batch's features as constants, as after the authors' gather, and the reconstruction is
    /// averaged within each share.</summary>
    [Range(1, 1 << 16)]
    public int Gather { get; init; } = 1;

    /// <summary>Tables (`target`, `objective`), keys (`masking.ratio`) and single objectives (`objective.simclr`) in
    /// which the arms may differ. A difference elsewhere is a mistake. Not given: the arms may differ in
    /// everything.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>The metric that the experiment is about, as `HEAD.METRIC`: `"knn.top1"`. A comparison tests it, and
    /// calls what other metrics show exploratory. A run records it when it begins, so that no later choice passes for
    /// the first one.</summary>
    public string? Primary { get; init; }

    /// <summary>The largest difference of `primary` that does not matter, in its unit: `0.02` is two points of an
    /// accuracy. A comparison says of each arm whether it is equivalent to the baseline within that margin.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double? Margin { get; init; }

    /// <summary>The number of optimizer steps of the run: whole batches, at least one.</summary>
    public long StepsFor(int batch, long stepsPerEpoch) => Math.Max(1,
        Steps ?? (Samples is { } samples ? samples / batch : (long)Math.Round(Epochs!.Value * stepsPerEpoch)));

    /// <summary>Why the processes do not share a batch; null where they do.</summary>
    internal string? GatherMistakeWith(int batch) => batch % Gather == 0 ? null
        : $"gather = {Gather} processes have equal shares of a batch, and batch = {batch} has none such: set "
            + $"gather = {Enumerable.Range(1, Math.Min(Gather, batch)).Last(count => batch % count == 0)}, or another "
            + "batch";

    /// <summary>Why `primary` names no metric of a head; null where it names one, as far as the heads' names tell, and
    /// for an experiment without heads, which finds nothing.</summary>
    internal string? PrimaryMistakeWith(IReadOnlyList<string> heads) =>
        Primary is not { } primary || heads.Count == 0
            || heads.Any(head => primary.StartsWith($"{head}.", StringComparison.Ordinal)) ? null
            : $"primary = \"{primary}\" names no metric of a head; it is HEAD.METRIC, as in \"knn.top1\"; "
                + $"the heads are {string.Join(", ", heads)}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        var given = new object?[] { Epochs, Steps, Samples }.Count(length => length is not null);
        if (given != 1) yield return new("give the length of the run by exactly one of epochs, steps and samples");
        if (Margin is not null && Primary is null)
            yield return new("margin is a difference of `primary`: name that metric too, as in primary = \"knn.top1\"",
                [nameof(Margin)]);
        if (Seeds.Distinct().Count() != Seeds.Count) yield return new("a seed is given twice", [nameof(Seeds)]);
    }
}
