using Rils.Engine.Composition;

namespace Rils.Cli.Rendering;

/// <summary>How large a run is.</summary>
/// <param name="Seeds">One run each.</param>
/// <param name="Arms">Names, in the order of the file.</param>
/// <param name="Heads">How many heads.</param>
/// <param name="Steps">Optimizer steps of each phase of a seed.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="Phases">How many phases, one after the other.</param>
sealed record RunScale(IReadOnlyList<long> Seeds, IReadOnlyList<string> Arms, int Heads, long Steps, int Batch, int Phases = 1)
{
    public static RunScale Of(Experiment experiment) => new(
        experiment.Settings.Seeds, experiment.Arms, experiment.Heads.Count, experiment.Context.Steps, experiment.Context.BatchSize, experiment.Phases.Count);

    /// <summary>Steps of all seeds and phases.</summary>
    public long AllSteps => Seeds.Count * Phases * Steps;
}
