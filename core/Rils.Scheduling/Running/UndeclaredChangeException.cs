namespace Rils.Scheduling;

/// <summary>A system changed a value or a setting that its signature does not declare to change.</summary>
/// <param name="message">The plugin, the change, and the fix.</param>
/// <param name="thrown">The exception that the system threw besides; null where the system ran to its end.</param>
public sealed class UndeclaredChangeException(string message, Exception? thrown = null) : Exception(message, thrown);
