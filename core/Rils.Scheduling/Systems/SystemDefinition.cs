namespace Rils.Scheduling;

/// <summary>A system as it was registered.</summary>
/// <param name="Stage">The stage in which it runs.</param>
/// <param name="Name">Unique in the world.</param>
/// <param name="Body">The method whose parameters are its data access.</param>
/// <param name="Options">Order and run condition.</param>
/// <param name="Origin">Who brought it: a plugin's name, or the engine.</param>
public sealed record SystemDefinition(Stage Stage, string Name, Delegate Body, SystemOptions Options, string Origin);
