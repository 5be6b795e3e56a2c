using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>The projections of the views, which the loss compares.</summary>
/// <param name="All">For each view, <c>[batch, dimensions]</c>, not normalised.</param>
sealed record ViewEmbeddings(IReadOnlyList<Tensor> All);
