using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The state of an optimizer, which <see cref="IOptimizer.Step"/> updates in place.</summary>
/// <param name="Tensors">The tensors by name, of any shape: <c>decay.first_moment</c>, <c>decay.step</c>. Checkpoints
/// hold them.</param>
public sealed record OptimizerState(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed;
