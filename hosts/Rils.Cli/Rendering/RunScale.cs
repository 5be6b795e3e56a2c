using Rils.Engine.Composition;

namespace Rils.Cli.Rendering;

/// <summary>The size of a run.</summary>
/// <param name="Seeds">The seeds, each of which trains all arms.</param>
/// <param name="Arms">The arms' names, in the order of the file.</param>
/// <param name="Heads">The number of heads.</param>
/// <param name="Steps">The number of optimizer steps of each phase of a seed.</param>
/// <param name="Batch">The number of samples of a step.</param>
/// <param name="Phases">The number of phases of a seed, which train one after the other.</param>
sealed record RunScale(
    IReadOnlyList<long> Seeds, IReadOnlyList<string> Arms, int Heads, long Steps, int Batch, int Phases = 1)
{
    /// <summary>Whether the arms were trained before, and are only evaluated.</summary>
    public bool IsTrained { get; init; }

    public static RunScale Of(Experiment experiment) => new(experiment.Settings.Seeds, experiment.Arms,
        experiment.Heads.Count, experiment.Context.Steps, experiment.Context.BatchSize, experiment.Phases.Count)
        { IsTrained = experiment.IsTrained };

    /// <summary>The number of steps of all seeds and phases.</summary>
    public long AllSteps => Seeds.Count * Phases * Steps;
}
