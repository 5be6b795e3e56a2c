using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>A plugin's own code failed to make the value of a table, which no option can change. The message names the
/// place, the kind and the plugin.</summary>
sealed class KindFailedException(BoundTable table, Exception cause) : Exception(
    $"{table.Span}: {table.Where} of kind {table.Entry.Name} (plugin {table.Entry.Plugin}) "
    + $"cannot be made: {Cause.Of(cause)}", cause);
