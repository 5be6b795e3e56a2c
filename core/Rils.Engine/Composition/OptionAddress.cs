namespace Rils.Engine.Composition;

/// <summary>The place of an option in an experiment.</summary>
/// <param name="Key">The option's key: <c>learning_rate</c>.</param>
/// <param name="Path">The key with its table: <c>schedule.learning_rate</c>.</param>
/// <param name="Arm">The one arm that has the option; null where the root gives it.</param>
/// <param name="IsInList">Whether the table is in a list, so that only <c>--set</c> can write the path.</param>
sealed record OptionAddress(string Key, string Path, string? Arm = null, bool IsInList = false);
