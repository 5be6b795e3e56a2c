using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's features of the <see cref="AugmentedViews"/>, before the shared space.</summary>
/// <param name="First">One feature a view, floating point <c>[batch, width]</c>.</param>
/// <param name="Second">The same shape, for the second views.</param>
public sealed record ViewFeatures(Tensor First, Tensor Second);
