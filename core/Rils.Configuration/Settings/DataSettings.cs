using System.ComponentModel.DataAnnotations;
using Rils.Contract;

namespace Rils.Configuration.Settings;

/// <summary>The keys of <c>[data]</c> that every kind of source has.</summary>
public sealed record DataSettings : IValidatableObject
{
    /// <summary>Path of the training data, or several; <c>*</c> and <c>?</c> match within a name, <c>{000..127}</c> and
    /// <c>{a,b}</c> list names.</summary>
    [ExperimentPath, MinLength(1)]
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>The order of the training samples, drawn anew in each epoch: `"full"` mixes all of them. A table `{
    /// block = 10000, window = 8 }` cuts the data into blocks of 10,000 samples that follow each other, draws an order
    /// of the blocks, and mixes 8 blocks at a time: shards on a slow disk are read in long runs. Not given:
    /// full.</summary>
    [Word("full")]
    public ShuffleSettings? Shuffle { get; init; }

    /// <summary>Number of samples per step, all of which the losses see.</summary>
    [Range(1, 1 << 20)]
    public required int Batch { get; init; }

    /// <summary>Number of samples that the models encode at a time, where the whole batch needs more memory than there
    /// is. Losses and gradients are those of the whole batch; a step takes a third more time or somewhat above. Heads
    /// encode as many samples at a time. The models must treat each sample by itself, as ours do. Not given: the whole
    /// batch.</summary>
    [Range(1, 1 << 20)]
    public int? Chunk { get; init; }

    /// <summary>Side of the square images that the models see, in pixels.</summary>
    [Range(1, 4096)]
    public required int Image { get; init; }

    /// <summary>The number of samples that heads encode at a time.</summary>
    internal int EvaluationBatch => Chunk ?? Batch;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Chunk > Batch)
            yield return new(
                $"chunk = {Chunk} is more than batch = {Batch}: lower it, or drop it to encode the batch at once",
                [nameof(Chunk)]);
    }
}
