namespace Rils.Contract;

/// <summary>A sample that cannot be used. The engine prints the message without a stack trace.</summary>
/// <param name="message">Says which sample cannot be used, and why.</param>
/// <param name="inner">The exception that was the cause; null for none.</param>
public sealed class SampleException(string message, Exception? inner = null) : Exception(message, inner);
