using Rils.Ecs;

namespace Rils.Abstractions;

/// <summary>The step that this tick makes.</summary>
/// <param name="Step">From 0.</param>
/// <param name="Epoch">Completed passes over the training data.</param>
public sealed record Tick(long Step, long Epoch) : IShared;
