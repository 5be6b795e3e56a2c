using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[text]</c>: token ids to one feature per sentence.</summary>
/// <remarks>A module: its parameters join the arm's <see cref="Weights"/> without a prefix. Its passes may run on several threads at once, each with samples of its
/// own, so they change nothing in it; and a sample's result must not depend on those beside it. A module with batch
/// norm or dropout gets whole batches; its running statistics are buffers, which training passes move, and evaluations
/// do not.</remarks>
public abstract class TextEncoder(string name) : nn.Module(name), IViewOf<Weights>
{
    /// <summary>Width of the features and the longest sentence.</summary>
    public abstract TextShape Shape { get; }

    /// <summary>Encodes sentences; the feature is taken at the end-of-text token, the largest id.</summary>
    /// <param name="tokens">int64 <c>[batch, up to the context]</c>, zero after the end-of-text token. How many zeros there are must not count: captions come
    /// beside others of about their length, with no more padding than these need.</param>
    /// <returns><c>[batch, width]</c>, before the shared space's text projection.</returns>
    public abstract Tensor Encode(Tensor tokens);

    /// <summary>Draws all parameters, each from <c>random.Fork(its name)</c>.</summary>
    public abstract void Initialize(RandomStream random);

    /// <summary>Floating-point operations of one sentence's forward pass, a multiply-add counted as two.</summary>
    /// <param name="tokens">Length of the sentence as the blocks see it.</param>
    public abstract long Flops(int tokens);
}
