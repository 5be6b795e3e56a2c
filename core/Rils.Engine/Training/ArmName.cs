namespace Rils.Engine.Training;

/// <summary>The name under which an arm's metrics are logged. No computed number may depend on the name.</summary>
/// <param name="Value">The arm's name, unique in the experiment.</param>
sealed record ArmName(string Value);
