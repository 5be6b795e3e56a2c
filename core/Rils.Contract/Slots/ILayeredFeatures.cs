using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> that gives the features of an image after each of its layers. The number of
/// layers is <see cref="BackboneShape.Layers"/> of <see cref="Backbone.Shape"/>.</summary>
public interface ILayeredFeatures : IBackedBy<Weights>
{
    /// <summary>Encodes whole images in one pass, and pools the results of some layers as the backbone pools the last
    /// one.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="layers">Numbers of layers, ascending, each once: from 1, the layer that comes first, to
    /// <see cref="BackboneShape.Layers"/>, whose features are <see cref="Backbone.Features"/>.</param>
    /// <returns>For each of <paramref name="layers"/>, in their order, one feature an image: floating point
    /// <c>[batch, width of the layer]</c>.</returns>
    IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers);
}
