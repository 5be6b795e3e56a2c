using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[decoder]</c>: visible tokens and the restore order to one prediction per patch (He et al. 2022, section 3).</summary>
/// <remarks>A module: its parameters join the arm's <see cref="Weights"/> under the prefix <c>visual.</c>. Its passes may run on several threads at once, each with samples of its
/// own, so they change nothing in it; and a sample's result must not depend on those beside it. A module with batch
/// norm or dropout gets whole batches; its running statistics are buffers, which training passes move, and evaluations
/// do not.</remarks>
public abstract class Decoder(string name) : nn.Module(name), IViewOf<Weights>
{
    /// <summary>Fills in mask tokens, restores the order and predicts.</summary>
    /// <param name="tokens"><c>[batch, 1 + visible, backbone width]</c>, the class token first.</param>
    /// <param name="restore">int64 <c>[batch, patches]</c>: where each patch stands in visible-then-hidden order.</param>
    /// <returns><c>[batch, 1 + patches, target width]</c>, the class token first.</returns>
    public abstract Tensor Predict(Tensor tokens, Tensor restore);

    /// <summary>Draws all parameters, each from <c>random.Fork(its name)</c>.</summary>
    public abstract void Initialize(RandomStream random);

    /// <summary>Floating-point operations of one image's forward pass, a multiply-add counted as two.</summary>
    /// <param name="visible">How many patches the backbone saw.</param>
    public abstract long Flops(int visible);
}
