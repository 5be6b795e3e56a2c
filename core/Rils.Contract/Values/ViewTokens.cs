using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tokens of the <see cref="AugmentedViews"/>.</summary>
/// <param name="First"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
/// <param name="Second">The same, of the second views.</param>
public sealed record ViewTokens(Tensor First, Tensor Second);
