using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's features of the batch's images, before the shared space.</summary>
/// <param name="Vectors">One feature an image, floating point <c>[batch, width]</c>.</param>
public sealed record ImageFeatures(Tensor Vectors);
