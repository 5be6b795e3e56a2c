using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>The projection head's running means, variances and counts. Every step moves them and no gradient reaches
/// them, so they are a State of their own beside the weights.</summary>
/// <param name="Tensors">The head's buffers, under their names in <see cref="Weights.Buffers"/>; updated in
/// place.</param>
sealed record RunningStatistics(IReadOnlyDictionary<string, Tensor> Tensors) : ICheckpointed;
