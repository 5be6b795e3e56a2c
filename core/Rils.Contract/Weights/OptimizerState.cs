using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>What an optimizer remembers, by name: <c>decay.first_moment</c>, <c>decay.step</c>. Updated in place.</summary>
public sealed record OptimizerState(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed;
