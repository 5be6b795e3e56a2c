using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[text]</c>: encodes token ids into one feature per sentence.</summary>
/// <remarks>The parameters of this module join the arm's <see cref="Weights"/> without a prefix. Several threads may
/// run a pass at once, each with other samples, so a pass must change nothing in the module, and a sample's result must
/// not depend on the samples beside it. A module with batch norm or dropout gets whole batches; its running statistics
/// are buffers, which passes in training change, and passes in evaluation do not.</remarks>
/// <param name="name">The module's name for TorchSharp; it is in no parameter's name.</param>
public abstract class TextEncoder(string name) : nn.Module(name), IBackedBy<Weights>
{
    /// <summary>The width of the features and the longest sentence; the same for the module's whole life.</summary>
    public abstract TextShape Shape { get; }

    /// <summary>Encodes sentences into one feature each. The end-of-text token has the largest id.</summary>
    /// <param name="tokens">Token ids, int64 <c>[batch, up to the context]</c>, zero after the end-of-text token. The
    /// number of zeros must not change the result: captions come in groups of about the same length, padded to the
    /// longest of the group.</param>
    /// <returns>Floating point, <c>[batch, width]</c>, before the shared space's text projection.</returns>
    public abstract Tensor Encode(Tensor tokens);

    /// <summary>Draws all parameters, in place, on the CPU, before training: each from
    /// <c>random.Fork(its name)</c>.</summary>
    /// <param name="random">The stream of the slot <c>text</c>; the same for all arms.</param>
    public abstract void Initialize(RandomStream random);

    /// <summary>Counts the floating-point operations of one sentence's forward pass.</summary>
    /// <param name="tokens">The length of the sentence with its padding, in tokens.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    public abstract long Flops(int tokens);
}
