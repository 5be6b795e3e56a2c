namespace Rils.Scheduling;

/// <summary>Marks a type that looks into a State: reading the view reads the State, and updating the view updates the
/// State.</summary>
/// <remarks>A module is a view of the weights, so a system that reads a backbone in Update comes after the
/// optimizer.</remarks>
/// <typeparam name="TState">The State behind the view.</typeparam>
public interface IViewOf<TState>;
