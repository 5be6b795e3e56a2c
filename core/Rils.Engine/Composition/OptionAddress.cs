namespace Rils.Engine.Composition;

/// <summary>Where an option of an experiment is.</summary>
/// <param name="Key">Its key: <c>learning_rate</c>.</param>
/// <param name="Path">The key with its table: <c>schedule.learning_rate</c>.</param>
/// <param name="Arm">The arm that has it to itself; null where the root decides.</param>
/// <param name="IsInList">Whether the table is one of a list, so that only <c>--set</c> can write the path.</param>
sealed record OptionAddress(string Key, string Path, string? Arm = null, bool IsInList = false);
