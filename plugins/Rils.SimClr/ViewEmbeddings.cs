using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>What is compared.</summary>
/// <param name="First"><c>[batch, dimensions]</c>, not normalised.</param>
/// <param name="Second">The same of the second views.</param>
sealed record ViewEmbeddings(Tensor First, Tensor Second);
