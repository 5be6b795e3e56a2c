namespace Rils.Scheduling;

/// <summary>A system that does not run for an arm, and why.</summary>
/// <param name="Definition">The system.</param>
/// <param name="Missing">The types that the arm lacks, followed back to types that no system of the arm could make.
/// Empty where the arm lacks none.</param>
/// <param name="Reason">Why the arm does not need the system, in words for people; empty where a type is missing or a
/// condition unmet.</param>
public sealed record PrunedSystem(SystemDefinition Definition, IReadOnlyList<Type> Missing, string Reason)
{
    /// <summary>The conditions that keep the system, or one that makes what it needs, from running for the
    /// arm.</summary>
    public IReadOnlyList<UnmetCondition> Unmet { get; init; } = [];
}
