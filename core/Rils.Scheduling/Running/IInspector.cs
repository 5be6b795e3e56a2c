namespace Rils.Scheduling;

/// <summary>Looks at the values that systems make: in Setup, and after each system's first run in a tick. Later runs
/// cost nothing. Lanes call it on their own threads, several at once.</summary>
public interface IInspector
{
    /// <summary>Called after a system has run for the first time.</summary>
    /// <param name="runner">The runner; <see cref="Runner.Find{T}"/> gives other values that the arm has by
    /// then.</param>
    /// <param name="system">The system, with the entity that it ran for.</param>
    /// <param name="step">The step, from 0; -1 in Setup.</param>
    /// <param name="made">The values of the system's <c>out</c> parameters in their order, null for one that is null;
    /// then the items that the system appended.</param>
    /// <remarks>An exception that this method throws counts as the system's failure: the arm stops, and the message
    /// names the system.</remarks>
    void Inspect(Runner runner, PlannedSystem system, long step, IReadOnlyList<object?> made);
}
