using System.ComponentModel.DataAnnotations;

namespace Rils.AdamW;

/// <summary>Options of <c>[optimizer] kind = "adamw"</c>. The learning rate comes from <c>[schedule]</c>.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decoupled weight decay per step and unit of learning rate, multiplied by each group's own factor. SLIP:
    /// 0.1.</summary>
    [Range(0.0, double.MaxValue)]
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Decay rates of the first and the second moment, two numbers from 0 to below 1. SLIP: 0.9 and
    /// 0.98.</summary>
    [Length(2, 2), Range(0.0, 1.0, MaximumIsExclusive = true)]
    public IReadOnlyList<double> Betas { get; init; } = [0.9, 0.98];

    /// <summary>Added to the root of the second moment; above 0, because a parameter without any gradient would
    /// otherwise divide 0 by 0. SLIP: 1e-8.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The largest norm of the gradient of all parameters together; a longer gradient is scaled down to it.
    /// Without this key nothing is clipped, as in SLIP's trainer.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? MaxNorm { get; init; }
}
