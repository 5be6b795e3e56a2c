namespace Rils.Scheduling;

/// <summary>Looks at what systems make, on their lanes' own threads: in Setup, and after each system's first run in a
/// tick. Later runs cost nothing.</summary>
public interface IInspector
{
    /// <summary>A system has run for the first time.</summary>
    /// <param name="runner">Has whatever the arm has by then.</param>
    /// <param name="system">The system and what it ran for.</param>
    /// <param name="made">The values of its <c>out</c> parameters in their order, null for one that is null; then what
    /// it appended.</param>
    /// <remarks>An exception is the system's failure: the arm stops, with the system's name.</remarks>
    void Inspect(Runner runner, PlannedSystem system, IReadOnlyList<object?> made);
}
