namespace Rils.Cli.Exits;

/// <summary>An argument cannot be used; the message says why, and which argument to give instead.</summary>
sealed class UsageException(string message) : Exception(message);
