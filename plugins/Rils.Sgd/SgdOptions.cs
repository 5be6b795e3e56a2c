using System.ComponentModel.DataAnnotations;

namespace Rils.Sgd;

/// <summary>Stochastic gradient descent with momentum, as <c>torch.optim.SGD</c> computes it. The learning rate comes
/// from <c>[schedule]</c>.</summary>
public sealed record SgdOptions
{
    /// <summary>Share of the last steps' direction that a step keeps. With 0 each step follows its own
    /// gradient.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay, multiplied by each group's own factor. The product of it and the weights is added to the
    /// gradient, so that momentum holds the decay too.</summary>
    [Range(0.0, double.MaxValue)]
    public double WeightDecay { get; init; }
}
