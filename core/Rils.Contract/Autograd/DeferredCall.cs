using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A function whose backward pass is ours, not autograd's.</summary>
/// <param name="failure">Where the backward pass leaves an exception.</param>
abstract class DeferredCall(StrongBox<Exception?> failure)
{
    /// <summary>Where the backward pass leaves an exception.</summary>
    public StrongBox<Exception?> Failure => failure;

    /// <summary>What the backward pass needs beside the inputs, in no scope yet.</summary>
    public virtual IReadOnlyList<Tensor> Kept => [];

    /// <summary>The output. Runs with gradients off.</summary>
    public abstract Tensor Forward(Tensor[] inputs);

    /// <summary>The inputs' gradients, null for an input that needs none. Parameters get theirs here.</summary>
    public abstract Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient);
}
