using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Images in the shared space.</summary>
/// <param name="Vectors"><c>[batch, dimensions]</c>, not normalised.</param>
public sealed record ImageEmbedding(Tensor Vectors);
