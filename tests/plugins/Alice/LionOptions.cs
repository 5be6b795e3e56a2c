using System.ComponentModel.DataAnnotations;

namespace Alice;

/// <summary>Options of <c>[optimizer] kind = "alice/lion"</c>.</summary>
public sealed record LionOptions
{
    /// <summary>Share of the momentum in the direction of a step.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Momentum { get; init; } = 0.9;
}
