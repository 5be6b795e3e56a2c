using static TorchSharp.torch;

namespace Rils.Benchmarks.Forms;

/// <summary>A layer of one shape, in each form that it can take.</summary>
/// <param name="Name">Its kind and its shape.</param>
/// <param name="Multiplications">In a forward pass; 0 where they are not what the layer does.</param>
/// <param name="Leaves">The tensors that the backward pass gives gradients of.</param>
/// <param name="Forms">The forward pass in each form, in the order of the table's columns.</param>
sealed record Layer(string Name, long Multiplications, Tensor[] Leaves, params Func<Tensor>[] Forms);
