using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A module whose parameters join the arm's <see cref="Weights"/>; <c>Setup</c> systems append it.</summary>
/// <param name="Prefix">Before the names of its parameters, with its dot: <c>visual.</c>, or empty.</param>
/// <param name="Module">The module, initialised, in fp32. Under <c>precision = "bf16"</c> its matrices and biases become bf16 in place, those of
/// TorchSharp's norms and embeddings and scalars stay fp32: take the type to compute in from a weight, <c>input.to(weight.dtype)</c>.</param>
public sealed record Trainable(string Prefix, nn.Module Module);
