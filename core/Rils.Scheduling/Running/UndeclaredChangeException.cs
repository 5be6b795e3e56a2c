namespace Rils.Scheduling;

/// <summary>A system changed what it does not say that it changes.</summary>
/// <param name="message">Who changed what, and the fix.</param>
/// <param name="thrown">What the system threw besides; null where it ran to its end.</param>
public sealed class UndeclaredChangeException(string message, Exception? thrown = null) : Exception(message, thrown);
