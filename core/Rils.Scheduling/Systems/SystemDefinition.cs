namespace Rils.Scheduling;

/// <summary>A system as it was registered.</summary>
/// <param name="Stage">The stage in which it runs.</param>
/// <param name="Name">The system's name, unique in the world.</param>
/// <param name="Body">The method; its parameters say which types the system reads, updates and makes.</param>
/// <param name="Options">Order and run condition.</param>
/// <param name="Origin">The name of the plugin that registered the system; <c>engine</c> for the engine's own.</param>
public sealed record SystemDefinition(Stage Stage, string Name, Delegate Body, SystemOptions Options, string Origin);
