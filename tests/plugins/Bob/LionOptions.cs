using System.ComponentModel.DataAnnotations;

namespace Bob;

/// <summary>Options of <c>[optimizer] kind = "bob/lion"</c>.</summary>
public sealed record LionOptions
{
    /// <summary>Factor of the learning rate.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Speed { get; init; } = 1;
}
