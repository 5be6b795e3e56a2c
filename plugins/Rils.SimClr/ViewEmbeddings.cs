using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>The projections of both views, which the loss compares.</summary>
/// <param name="First">The first views, <c>[batch, dimensions]</c>, not normalised.</param>
/// <param name="Second">The second views, <c>[batch, dimensions]</c>, not normalised.</param>
sealed record ViewEmbeddings(Tensor First, Tensor Second);
