using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>The images that go through the masked pass; where an arm makes none, all do. Who selects may count some of them as 0.</summary>
/// <param name="Images">Their numbers in the batch, int64 <c>[selected]</c>, ascending. May be empty.</param>
public sealed record ImageSelection(Tensor Images);
