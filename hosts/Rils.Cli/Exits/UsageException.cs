namespace Rils.Cli.Exits;

/// <summary>An argument that cannot be used; the message says why and what to give instead.</summary>
sealed class UsageException(string message) : Exception(message);
