using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's tokens of the <see cref="AugmentedViews"/>.</summary>
/// <param name="All">For each view, floating point <c>[batch, prefix + patches, width]</c>: the tokens before the
/// patches, then the patches. A view of another size than the batch's images has another number of patches.</param>
public sealed record ViewTokens(IReadOnlyList<Tensor> All);
