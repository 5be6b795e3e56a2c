using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's tokens of the <see cref="AugmentedViews"/>.</summary>
/// <param name="First">Floating point, <c>[batch, prefix + patches, width]</c>: the tokens before the
/// patches, then the patches.</param>
/// <param name="Second">The same shape, for the second views.</param>
public sealed record ViewTokens(Tensor First, Tensor Second);
