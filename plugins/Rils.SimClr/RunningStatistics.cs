using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>The projection head's running means, variances and counts: they move in every step and no gradient reaches them, so they are State of
/// their own beside the weights.</summary>
/// <param name="Tensors">The head's buffers, by the names that they have in <see cref="Weights.Buffers"/>; updated in place.</param>
sealed record RunningStatistics(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed;
