using Rils.Files;

namespace Rils.Runs;

/// <summary><c>outcome.json</c>: how the arms of a finished phase of a seed ended.</summary>
/// <param name="Arms">One outcome for each arm of the phase.</param>
/// <param name="Metrics">The end of <c>metrics.jsonl</c> in the same folder; null where no arm began.</param>
sealed record PhaseOutcome(IReadOnlyList<ArmOutcome> Arms, MetricsMark? Metrics)
{
    /// <summary>Writes the file of a phase.</summary>
    /// <param name="folder">The folder of the phase.</param>
    public void Write(string folder) => DurableFile.WriteText(PathIn(folder), SealedJson.Write(this));

    /// <summary>Reads the file; null where it is missing, damaged or edited.</summary>
    /// <param name="folder">The folder of the phase.</param>
    public static PhaseOutcome? TryRead(string folder) =>
        File.Exists(PathIn(folder)) && SealedJson.TryRead<PhaseOutcome>(File.ReadAllText(PathIn(folder))) is { } outcome
            && outcome.Arms.All(arm => arm is not null) ? outcome : null;

    static string PathIn(string folder) => Path.Combine(folder, RunFolder.OutcomeFile);
}
