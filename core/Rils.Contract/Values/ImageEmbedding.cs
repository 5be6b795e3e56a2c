using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's images in the shared space.</summary>
/// <param name="Vectors">Floating point, <c>[batch, dimensions]</c>, not normalised.</param>
public sealed record ImageEmbedding(Tensor Vectors);
