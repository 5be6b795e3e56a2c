namespace Rils.Scheduling;

/// <summary>A condition on a component that an arm has otherwise than the condition wants it.</summary>
/// <param name="Component">The component's type.</param>
/// <param name="Condition">The condition in words of the experiment's file: <c>queue > 0</c>.</param>
public sealed record UnmetCondition(Type Component, string Condition);
