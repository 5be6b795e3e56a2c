using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>One term of the arm's loss. A system of <c>Objective</c> appends it.</summary>
/// <param name="Name">The term's name in the metrics: <c>contrastive</c>, <c>language</c>. Not empty.</param>
/// <param name="Value">A finite number, 0-d floating point, before the weight; it must have a gradient.</param>
/// <param name="Weight">The factor of the term in the arm's loss; a finite number.</param>
public sealed record LossTerm(string Name, Tensor Value, double Weight = 1);
