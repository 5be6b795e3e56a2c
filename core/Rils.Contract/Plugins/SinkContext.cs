namespace Rils.Contract;

/// <summary>The name that a sink may use in messages.</summary>
/// <param name="Name">The sink's name in the experiment: its <c>name</c>, else its <c>kind</c>.</param>
public sealed record SinkContext(string Name);
