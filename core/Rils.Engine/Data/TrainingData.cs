using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The data from which batches are made.</summary>
/// <param name="Source">The training samples.</param>
/// <param name="Tokenizer">Turns captions into tokens; null where the data has no text.</param>
/// <param name="Augmentation">Turns image files into pixels.</param>
/// <param name="Views">Turns image files into augmented views; null where the data has none.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="ImageSize">Side of the square images, in pixels.</param>
/// <param name="BadSamples">Counts and names the samples that could not be used.</param>
sealed record TrainingData(
    ISource Source, ITokenizer? Tokenizer, IAugmentation Augmentation, IViewAugmentation? Views, int Batch,
    int ImageSize, BadSamples BadSamples) : IShared
{
    /// <summary>The blocks by which samples are shuffled; null where all are mixed.</summary>
    public ShuffleSettings? Shuffle { get; init; }

    /// <summary>The number of full batches in one pass over the data; the rest of the permutation is left
    /// out.</summary>
    public long StepsPerEpoch => Source.Count / Batch;
}
