using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> whose layers attend from token to token, and that tells how much. Training passes
/// compute attention in forms that keep no such numbers, so that the maps take a pass of their own.</summary>
public interface IAttentionMaps : ITokenBackbone
{
    /// <summary>The number of layers with attention; the same for the module's whole life.</summary>
    int AttentionLayers { get; }

    /// <summary>The number of tokens before the patches in the maps: 0 for none, 1 for a class token, more with
    /// registers, where the class token is the first. The maps have registers even where
    /// <see cref="PatchShape.Prefix"/> counts none.</summary>
    int AttentionPrefix { get; }

    /// <summary>Encodes whole images as far as the maps of some layers need, without leaving anything to
    /// chance.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="layers">Numbers of layers, ascending, each once: from 1, the layer that comes first, to
    /// <see cref="AttentionLayers"/>.</param>
    /// <returns>For each of <paramref name="layers"/>, in their order, softmax(q kᵀ / √size): fp32
    /// <c>[batch, heads, tokens, tokens]</c>. A row tells what one token attends to, and has the sum 1. Rows and
    /// columns are the tokens before the patches, <see cref="AttentionPrefix"/> many, then all patches in the order of
    /// the image.</returns>
    IReadOnlyList<Tensor> Attention(Tensor images, IReadOnlyList<int> layers);

    /// <summary>Counts the floating-point operations of one image in <see cref="Attention"/>.</summary>
    /// <param name="layers">Numbers of layers, as above.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    long AttentionFlops(IReadOnlyList<int> layers);
}
