using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's features of the <see cref="AugmentedViews"/>, before the shared space.</summary>
/// <param name="All">For each view, one feature an image: floating point <c>[batch, width]</c>.</param>
public sealed record ViewFeatures(IReadOnlyList<Tensor> All);
