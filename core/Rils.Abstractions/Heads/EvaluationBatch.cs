using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>One batch of validation data, and the arm's embedding of it, computed once for all of the arm's heads.</summary>
public sealed class EvaluationBatch(ArmModel model, Tensor images, IReadOnlyList<Sample> samples)
{
    Tensor? embedding;

    /// <summary>Normalised images <c>[batch, 3, size, size]</c> on the arm's device.</summary>
    public Tensor Images => images;

    /// <summary>The samples, without their image bytes.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>Unit vectors in the shared space, <c>[batch, dimensions]</c>; made at the first call.</summary>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    public Tensor ImageEmbedding => embedding ??= model.EmbedImages(images);
}
