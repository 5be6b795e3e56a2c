using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[backbone]</c>: encodes images, or the visible patches of images, into tokens.</summary>
/// <remarks>The parameters of this module join the arm's <see cref="Weights"/> under the prefix <c>visual.</c>. Several
/// threads may run a pass at once, each with other samples, so a pass must change nothing in the module, and a sample's
/// result must not depend on the samples beside it. A module with batch norm or dropout gets whole batches; its running
/// statistics are buffers, which passes in training change, and passes in evaluation do not.</remarks>
/// <param name="name">The module's name for TorchSharp; it is in no parameter's name.</param>
public abstract class Backbone(string name) : nn.Module(name), IBackedBy<Weights>
{
    /// <summary>The width of the tokens and the layout of the patches; the same for the module's whole life.</summary>
    public abstract BackboneShape Shape { get; }

    /// <summary>Encodes whole images.</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <returns>Floating point, <c>[batch, 1 + patches, width]</c>, after the last norm, the class token
    /// first.</returns>
    public abstract Tensor Encode(Tensor images);

    /// <summary>Encodes the visible patches only (He et al. 2022, section 3).</summary>
    /// <param name="images">Normalised pixels, fp32 <c>[batch, 3, size, size]</c>.</param>
    /// <param name="visible">Numbers of the visible patches, from 0: int64 <c>[batch, visible]</c>.</param>
    /// <returns>Floating point, <c>[batch, 1 + visible, width]</c>, after the last norm: the class token first, then
    /// the patches in the order of <paramref name="visible"/>.</returns>
    public abstract Tensor EncodeVisible(Tensor images, Tensor visible);

    /// <summary>Draws all parameters, in place, on the CPU, before training. Draw each from
    /// <c>random.Fork(its name)</c>, so that a change of one part changes the draws of no other.</summary>
    /// <param name="random">The stream of the slot <c>backbone</c>; the same for all arms.</param>
    public abstract void Initialize(RandomStream random);

    /// <summary>Counts the floating-point operations of one image's forward pass.</summary>
    /// <param name="patches">The number of patches that go through the blocks, the class token not counted.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    public abstract long Flops(int patches);
}
