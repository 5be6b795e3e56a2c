using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[backbone]</c>: images, or the visible part of their patches, to tokens.</summary>
/// <remarks>A module: its parameters join the arm's <see cref="Weights"/> under the prefix <c>visual.</c>. Its passes may run on several threads at once, each with samples of its
/// own, so they change nothing in it; and a sample's result must not depend on those beside it. A module with batch
/// norm or dropout gets whole batches; its running statistics are buffers, which training passes move, and evaluations
/// do not.</remarks>
public abstract class Backbone(string name) : nn.Module(name), IViewOf<Weights>
{
    /// <summary>Width of the tokens and the layout of the patches.</summary>
    public abstract BackboneShape Shape { get; }

    /// <summary>Encodes whole images.</summary>
    /// <param name="images"><c>[batch, 3, size, size]</c>, normalised.</param>
    /// <returns><c>[batch, 1 + patches, width]</c> after the last norm, the class token first.</returns>
    public abstract Tensor Encode(Tensor images);

    /// <summary>Encodes visible patches only (He et al. 2022, section 3).</summary>
    /// <param name="images"><c>[batch, 3, size, size]</c>, normalised.</param>
    /// <param name="visible">Patch numbers, int64 <c>[batch, visible]</c>, in the order in which the tokens come out.</param>
    /// <returns><c>[batch, 1 + visible, width]</c> after the last norm, the class token first.</returns>
    public abstract Tensor EncodeVisible(Tensor images, Tensor visible);

    /// <summary>Draws all parameters, each from <c>random.Fork(its name)</c>, so that a change of one part moves no other.</summary>
    public abstract void Initialize(RandomStream random);

    /// <summary>Floating-point operations of one image's forward pass, a multiply-add counted as two.</summary>
    /// <param name="patches">How many patches go through the blocks, the class token not counted.</param>
    public abstract long Flops(int patches);
}
