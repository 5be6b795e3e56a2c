using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[decoder]</c>: predicts a target for each patch from the tokens of the visible patches (He et al.
/// 2022).</summary>
/// <remarks>The parameters of this module join the arm's <see cref="Weights"/> under the prefix <c>visual.</c>. Several
/// threads may run a pass at once, each with other samples, so a pass must change nothing in the module, and a sample's
/// result must not depend on the samples beside it. A module with batch norm or dropout gets whole batches; its running
/// statistics are buffers, which passes in training change, and passes in evaluation do not.</remarks>
/// <param name="name">The module's name for TorchSharp; it is in no parameter's name.</param>
public abstract class Decoder(string name) : nn.Module(name), IBackedBy<Weights>
{
    /// <summary>Fills in mask tokens, restores the order and predicts.</summary>
    /// <param name="tokens">The backbone's tokens, floating point <c>[batch, prefix + visible, backbone
    /// width]</c>: the tokens before the patches, then the visible patches.</param>
    /// <param name="restore">The place of each patch in the list of visible, then hidden patches: int64
    /// <c>[batch, patches]</c>.</param>
    /// <returns>Floating point, <c>[batch, prefix + patches, target width]</c>: the tokens before the patches, then the
    /// patches in the order of the image.</returns>
    public abstract Tensor Predict(Tensor tokens, Tensor restore);

    /// <summary>Draws all parameters, in place, on the CPU, before training: each from
    /// <c>random.Fork(its name)</c>.</summary>
    /// <param name="random">The stream of the slot <c>decoder</c>; the same for all arms.</param>
    public abstract void Initialize(RandomStream random);

    /// <summary>Counts the floating-point operations of one image's forward pass.</summary>
    /// <param name="visible">The number of patches that the backbone saw.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    public abstract long Flops(int visible);
}
