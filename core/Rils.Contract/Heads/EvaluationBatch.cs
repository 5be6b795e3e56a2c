using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>One batch of data, and the arm's features and embedding of it, computed once for all of the arm's heads.</summary>
/// <remarks>Disposing it lets go of these; the images are their maker's.</remarks>
public sealed class EvaluationBatch(ArmModel model, Tensor images, IReadOnlyList<Sample> samples) : IDisposable
{
    Tensor? features, embedding;

    /// <summary>Normalised images <c>[batch, 3, size, size]</c> on the arm's device.</summary>
    public Tensor Images => images;

    /// <summary>The samples, without their image bytes.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>The backbone's features, before the shared space, <c>[batch, width]</c>, in the type that it computes in; made at the first call.</summary>
    // Out of the dispose scope of the head that asks first: the next head has a scope of its own.
    public Tensor ImageFeatures => features ??= model.EncodeImages(images).DetachFromDisposeScope();

    /// <summary>Unit vectors in the shared space, <c>[batch, dimensions]</c>; made at the first call.</summary>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    public Tensor ImageEmbedding => embedding ??= model.EmbedFeatures(ImageFeatures).DetachFromDisposeScope();

    /// <inheritdoc/>
    public void Dispose()
    {
        features?.Dispose();
        embedding?.Dispose();
    }
}
