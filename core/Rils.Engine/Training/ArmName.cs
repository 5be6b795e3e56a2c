namespace Rils.Engine.Training;

/// <summary>The arm's name, for what it logs. Nothing that is computed may depend on it.</summary>
sealed record ArmName(string Value);
