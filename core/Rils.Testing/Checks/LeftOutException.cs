namespace Rils.Testing.Checks;

/// <summary>A check cannot look at a kind, for a reason that need not be a mistake of the plugin.</summary>
/// <param name="reason">The reason, with what would mend it.</param>
sealed class LeftOutException(string reason) : Exception(reason);
