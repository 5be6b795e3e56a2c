namespace Rils.Ecs;

/// <summary>A system that does not run for an arm, and why.</summary>
/// <param name="Definition">The system.</param>
/// <param name="Missing">The types that it needs and the arm lacks; empty where nothing live reads what it makes.</param>
/// <param name="Reason">For people.</param>
public sealed record PrunedSystem(SystemDefinition Definition, IReadOnlyList<Type> Missing, string Reason);
