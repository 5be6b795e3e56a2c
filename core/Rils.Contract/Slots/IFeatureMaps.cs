using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> that gives maps of features at several scales, as detectors and segmenters read
/// them.</summary>
public interface IFeatureMaps : IBackedBy<Weights>
{
    /// <summary>The maps, from the finest to the coarsest; the same for the module's whole life.</summary>
    IReadOnlyList<FeatureMapShape> Maps { get; }

    /// <summary>Encodes whole images into maps.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <returns>A map for each of <see cref="Maps"/>, in their order: floating point <c>[batch, width, rows,
    /// columns]</c>, where rows and columns are the image's side divided by the stride, rounded up.</returns>
    IReadOnlyList<Tensor> EncodeMaps(Tensor images);
}
