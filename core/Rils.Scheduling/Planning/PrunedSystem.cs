namespace Rils.Scheduling;

/// <summary>A system that does not run for an arm, and why.</summary>
/// <param name="Definition">The system.</param>
/// <param name="Missing">What the arm lacks for it, down to what nothing in the arm could make; empty where nothing live reads what it makes.</param>
/// <param name="Reason">Why nothing wants it, for people; empty where something is missing.</param>
public sealed record PrunedSystem(SystemDefinition Definition, IReadOnlyList<Type> Missing, string Reason);
