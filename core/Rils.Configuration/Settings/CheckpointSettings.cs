using System.ComponentModel.DataAnnotations;

namespace Rils.Configuration.Settings;

/// <summary><c>[checkpoint]</c>: how often a run saves all State, and how many checkpoints it keeps.</summary>
public sealed record CheckpointSettings
{
    /// <summary>Steps, epochs or minutes between two checkpoints.</summary>
    public Period Every { get; init; } = new(10, PeriodUnit.Minutes);

    /// <summary>How many checkpoints a run keeps: the last ones. The last checkpoint of an arm that failed stays
    /// too.</summary>
    [Range(1, int.MaxValue)]
    public int Keep { get; init; } = 2;
}
