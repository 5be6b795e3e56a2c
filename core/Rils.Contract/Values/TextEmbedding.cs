using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's captions in the shared space: the prototypes of the language target.</summary>
/// <param name="Vectors">Floating point, <c>[batch, dimensions]</c>, not normalised.</param>
public sealed record TextEmbedding(Tensor Vectors);
