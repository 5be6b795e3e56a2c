using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>One batch of data, with the arm's features and embedding of it, computed once for all of the arm's
/// heads.</summary>
/// <remarks><see cref="Dispose"/> disposes the features and the embedding, not the images: those belong to the caller
/// of the constructor. Heads must dispose none of them.</remarks>
/// <param name="model">The arm's parts, which compute the features and the embedding.</param>
/// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>, on the arm's device.</param>
/// <param name="samples">The samples in the order of <paramref name="images"/>, without their image bytes.</param>
public sealed class EvaluationBatch(ArmModel model, Tensor images, IReadOnlyList<Sample> samples) : IDisposable
{
    readonly Dictionary<int, Tensor> layers = [];
    Tensor? features, embedding;

    /// <summary>Normalised pixels, fp32 <c>[batch, 3, size, size]</c>, on the arm's device.</summary>
    public Tensor Images => images;

    /// <summary>The samples in the order of <see cref="Images"/>, without their image bytes.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>The backbone's features, before the shared space: <c>[batch, width]</c>, in the type that the backbone
    /// returns. Computed when a head first asks.</summary>
    // Detached from the dispose scope of the head that asks first: the next head has a scope of its own.
    public Tensor ImageFeatures => features ??= model.EncodeImages(images).DetachFromDisposeScope();

    /// <summary>The images as unit vectors in the shared space: fp32 <c>[batch, dimensions]</c>. Computed when a head
    /// first asks.</summary>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    public Tensor ImageEmbedding => embedding ??= model.EmbedFeatures(ImageFeatures).DetachFromDisposeScope();

    /// <summary>The features of one of the backbone's layers: <c>[batch, width of the layer]</c>, in the type that the
    /// backbone returns. Computed when a head first asks, together with those of all layers that the arm's heads name
    /// by <see cref="IHead.Layers"/>.</summary>
    /// <param name="layer">The layer's number, from 1.</param>
    /// <returns>The features, which the batch keeps.</returns>
    /// <exception cref="InvalidOperationException">The backbone has no such layer.</exception>
    public Tensor LayerFeatures(int layer)
    {
        if (!layers.ContainsKey(layer))
        {
            int[] asked = [.. model.Layers.Append(layer).Where(one => !layers.ContainsKey(one)).Distinct().Order()];
            foreach (var (one, found) in asked.Zip(model.EncodeLayers(images, asked)))
                layers[one] = found.DetachFromDisposeScope();
        }
        return layers[layer];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var found in layers.Values) found.Dispose();
        features?.Dispose();
        embedding?.Dispose();
    }
}
