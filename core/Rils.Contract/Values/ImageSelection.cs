using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The images that go through the masked pass. An arm without a system that makes this sends all images of the
/// batch through.</summary>
/// <param name="Images">The images' numbers in the batch, from 0, ascending: int64 <c>[selected]</c>. May be
/// empty.</param>
/// <param name="Weights">How much each selected image counts in a loss: fp32 <c>[selected]</c>, 0 to 1, without
/// gradient; null where each counts as 1. An image that counts as 0 only fills a row, since a pass is faster where the
/// number of its rows changes seldom.</param>
public sealed record ImageSelection(Tensor Images, Tensor? Weights = null);
