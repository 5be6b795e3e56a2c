using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A function with a backward pass of its own, instead of one by autograd.</summary>
/// <param name="failure">The place where the backward pass leaves an exception.</param>
abstract class DeferredCall(StrongBox<Exception?> failure)
{
    /// <summary>The place where the backward pass leaves an exception.</summary>
    public StrongBox<Exception?> Failure => failure;

    /// <summary>The tensors that the backward pass needs beside the inputs, in no dispose scope yet.</summary>
    public virtual IReadOnlyList<Tensor> Kept => [];

    /// <summary>Computes the output, with gradients off.</summary>
    public abstract Tensor Forward(Tensor[] inputs);

    /// <summary>Computes the inputs' gradients, null for an input that needs none. Also adds to the
    /// gradients of the parameters.</summary>
    public abstract Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient);
}
