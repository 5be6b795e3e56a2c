using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> that gives a token for each patch of an image. In arms with such a backbone a
/// system may read this type, and <see cref="PatchShape"/>.</summary>
public interface ITokenBackbone : IBackedBy<Weights>
{
    /// <summary>The layout of the patches, and the number of tokens before them; the same for the module's whole
    /// life.</summary>
    PatchShape Patches { get; }

    /// <summary>Encodes whole images.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <returns>Floating point, <c>[batch, prefix + patches, width]</c>, after the last norm: the tokens before the
    /// patches, then the patches.</returns>
    Tensor Encode(Tensor images);

    /// <summary>Makes the features of images from their tokens: <see cref="Backbone.Features"/> of images is this of
    /// <see cref="Encode"/> of them.</summary>
    /// <param name="tokens">The result of <see cref="Encode"/>, <c>[batch, prefix + patches, width]</c>.</param>
    /// <returns>One feature an image, <c>[batch, width]</c>, in the type of <paramref name="tokens"/>.</returns>
    Tensor Pool(Tensor tokens);
}
