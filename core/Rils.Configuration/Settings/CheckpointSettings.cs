using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary><c>[checkpoint]</c>: how often all State is saved, and how many of the last ones are kept.</summary>
public sealed record CheckpointSettings
{
    /// <summary>Steps, epochs or minutes between two checkpoints.</summary>
    public Period Every { get; init; } = new(10, PeriodUnit.Minutes);

    /// <summary>How many of the last ones are kept. The last one of an arm that failed is kept besides.</summary>
    [Range(1, int.MaxValue)]
    public int Keep { get; init; } = 2;
}
