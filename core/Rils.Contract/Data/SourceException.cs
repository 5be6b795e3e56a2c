namespace Rils.Contract;

/// <summary>A source that can give no samples any more, such as one whose index is damaged. It ends the run, where any
/// other exception of a source costs the sample that was asked for, and another takes its place.</summary>
/// <param name="message">Says what happened to the source, and what to do.</param>
/// <param name="inner">The exception that was the cause; null for none.</param>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner);
