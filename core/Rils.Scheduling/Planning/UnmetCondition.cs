namespace Rils.Scheduling;

/// <summary>A condition that a component of an arm does not satisfy.</summary>
/// <param name="Component">The component's type.</param>
/// <param name="Condition">The condition in words of the experiment's file: <c>queue > 0</c>.</param>
public sealed record UnmetCondition(Type Component, string Condition);
