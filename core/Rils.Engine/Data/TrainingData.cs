using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>Where batches come from.</summary>
/// <param name="Source">The training samples.</param>
/// <param name="Tokenizer">For captions; null where the data has no text.</param>
/// <param name="Augmentation">From image files to pixels.</param>
/// <param name="Views">From image files to two augmented views; null where the data has none.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="ImageSize">Side of the square images, in pixels.</param>
/// <param name="BadSamples">Counts and names what could not be used.</param>
sealed record TrainingData(
    ISource Source, ITokenizer? Tokenizer, IAugmentation Augmentation, IViewAugmentation? Views, int Batch, int ImageSize, BadSamples BadSamples) : IShared
{
    /// <summary>Full batches in one pass over the data; the rest of the permutation is left out.</summary>
    public long StepsPerEpoch => Source.Count / Batch;
}
