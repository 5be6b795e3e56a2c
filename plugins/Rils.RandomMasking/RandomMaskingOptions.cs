using System.ComponentModel.DataAnnotations;

namespace Rils.RandomMasking;

/// <summary>Options of <c>[masking] kind = "random"</c>.</summary>
public sealed record RandomMaskingOptions
{
    /// <summary>Share of the patches that is hidden, above 0 and below 1. The papers of MAE and RILS use 0.75.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Ratio { get; init; } = 0.75;
}
