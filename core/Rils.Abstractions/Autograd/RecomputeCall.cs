using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>What a node of the graph keeps beside its inputs.</summary>
/// <param name="Function">Runs again in the backward pass.</param>
/// <param name="Inputs">How many it has.</param>
/// <param name="Failure">Where it leaves an exception.</param>
sealed record RecomputeCall(Func<Tensor[], Tensor> Function, int Inputs, StrongBox<Exception?> Failure);
