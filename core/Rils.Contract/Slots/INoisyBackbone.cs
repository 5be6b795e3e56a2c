using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A backbone whose passes in training leave something to chance, such as drop path (Huang et al. 2016). The
/// engine draws the noise, so that a pass has the same result in 1 and n parts, in chunks, where a block runs again for
/// its backward pass, and on resume; the backbone itself draws nothing.</summary>
/// <remarks>Evaluations, teachers and all that call <see cref="ITokenBackbone.Encode"/> give no noise, and leave
/// nothing to chance.</remarks>
public interface INoisyBackbone
{
    /// <summary>The noise that a sample of each training pass takes; null where the options leave nothing to chance.
    /// The same for the module's whole life. Arms whose noise has the same shape get the same noise.</summary>
    NoiseShape? Noise { get; }

    /// <summary>Encodes whole images as <see cref="ITokenBackbone.Encode"/> does.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="noise">Uniform in [0, 1), fp32 <c>[batch, blocks, branches]</c>; null to leave nothing to
    /// chance.</param>
    /// <returns>Floating point, <c>[batch, prefix + patches, width]</c>.</returns>
    Tensor Encode(Tensor images, Tensor? noise);

    /// <summary>Encodes the visible patches only, as <see cref="IMaskedBackbone.EncodeVisible"/> does.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="visible">Numbers of the visible patches, from 0: int64 <c>[batch, visible]</c>.</param>
    /// <param name="noise">Uniform in [0, 1), fp32 <c>[batch, blocks, branches]</c>; null to leave nothing to
    /// chance.</param>
    /// <returns>Floating point, <c>[batch, prefix + visible, width]</c>.</returns>
    Tensor EncodeVisible(Tensor images, Tensor visible, Tensor? noise);
}
