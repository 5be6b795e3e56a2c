using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>One term of the arm's loss.</summary>
/// <param name="Name">As in the metrics: <c>contrastive</c>, <c>language</c>.</param>
/// <param name="Value">0-d fp32, not weighted.</param>
/// <param name="Weight">Its factor in the sum.</param>
public sealed record LossTerm(string Name, Tensor Value, double Weight = 1);
