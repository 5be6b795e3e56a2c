namespace Rils.Scheduling;

/// <summary>Marks a type that a State backs: reading the type reads the State, and updating the type updates the
/// State.</summary>
/// <remarks>The weights back each module, so a system that reads a backbone in Update comes after the
/// optimizer.</remarks>
/// <typeparam name="TState">The State that backs the type.</typeparam>
public interface IBackedBy<TState>;
