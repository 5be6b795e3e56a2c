using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A module whose parameters join the arm's <see cref="Weights"/>; <c>Setup</c> systems append it.</summary>
/// <param name="Prefix">The words before the names of the module's tensors, with a dot at the end: <c>visual.</c>; may
/// be empty.</param>
/// <param name="Module">The module, with its parameters drawn, in fp32. Under <c>precision = "bf16"</c> the engine
/// turns its matrices and biases into bf16 in place; scalars and the parameters of TorchSharp's norms and embeddings
/// stay fp32 (on CUDA the norms' become bf16 too). Take the type to compute in from a weight:
/// <c>input.to(weight.dtype)</c>.</param>
public sealed record Trainable(string Prefix, nn.Module Module);
