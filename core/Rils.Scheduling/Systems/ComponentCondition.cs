namespace Rils.Scheduling;

/// <summary>A condition on a component of an arm, an item or the world.</summary>
/// <param name="Component">The component's type.</param>
/// <param name="Holds">Gets the component.</param>
/// <param name="Words">The condition in words of the experiment's file: <c>queue > 0</c>.</param>
sealed record ComponentCondition(Type Component, Func<object, bool> Holds, string Words);
