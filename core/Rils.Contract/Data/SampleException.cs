namespace Rils.Contract;

/// <summary>A sample that cannot be used. The message says which and why, without a stack trace.</summary>
public sealed class SampleException(string message, Exception? inner = null) : Exception(message, inner);
