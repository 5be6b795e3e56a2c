using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The images that go through the masked pass; where an arm makes none, all do.</summary>
/// <param name="Images">Their numbers in the batch, int64 <c>[selected]</c>, ascending. May be empty.</param>
/// <param name="Weights">How much each counts in a loss, fp32 <c>[selected]</c>, 0 to 1, no gradient; null where each counts as 1. One that counts as 0 is there for
/// its place alone: fewer sizes of the masked pass are faster.</param>
public sealed record ImageSelection(Tensor Images, Tensor? Weights = null);
