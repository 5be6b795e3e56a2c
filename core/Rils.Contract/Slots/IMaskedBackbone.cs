using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> that can leave hidden patches out of a pass (He et al. 2022).</summary>
public interface IMaskedBackbone : ITokenBackbone
{
    /// <summary>Encodes the visible patches only.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="visible">Numbers of the visible patches, from 0: int64 <c>[batch, visible]</c>.</param>
    /// <returns>Floating point, <c>[batch, prefix + visible, width]</c>, after the last norm: the tokens before the
    /// patches, then the patches in the order of <paramref name="visible"/>.</returns>
    Tensor EncodeVisible(Tensor images, Tensor visible);

    /// <summary>Counts the floating-point operations of one image's forward pass over visible patches.</summary>
    /// <param name="visible">The number of visible patches; the tokens before the patches come on top.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    long VisibleFlops(int visible);
}
