namespace Rils.Cli.Exits;

/// <summary>A signal stopped the command; the message says how far it came and how to go on.</summary>
sealed class StoppedException(string message) : OperationCanceledException(message);
