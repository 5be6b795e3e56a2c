using System.ComponentModel.DataAnnotations;

namespace Rils.Schedules;

/// <summary>Options of <c>[schedule] kind = "constant"</c>: the same learning rate in every step.</summary>
public sealed record ConstantOptions
{
    /// <summary>The learning rate.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double LearningRate { get; init; }
}
