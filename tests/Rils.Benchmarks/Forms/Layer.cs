using static TorchSharp.torch;

namespace Rils.Benchmarks.Forms;

/// <summary>A layer of one shape, in each of its forms.</summary>
/// <param name="Name">The layer's kind and shape.</param>
/// <param name="Multiplications">The multiplications of a forward pass; 0 for a layer that does not mainly
/// multiply.</param>
/// <param name="Leaves">The tensors for which the backward pass computes gradients.</param>
/// <param name="Forms">The forward pass in each form, in the order of the table's columns.</param>
sealed record Layer(string Name, long Multiplications, Tensor[] Leaves, params Func<Tensor>[] Forms);
