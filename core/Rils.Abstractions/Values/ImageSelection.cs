using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>The images whose masked pass is needed; where an arm makes none, all are.</summary>
/// <param name="Images">Their numbers in the batch, int64 <c>[selected]</c>, ascending. May be empty.</param>
public sealed record ImageSelection(Tensor Images);
