using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>A plugin fails at what a table asks of it, whatever its options are: no mistake of the file's. The message
/// names the place, the kind and the plugin.</summary>
sealed class KindFailedException(BoundTable table, Exception cause)
    : Exception($"{table.Span}: {table.Where} of kind {table.Entry.Kind} (plugin {table.Entry.Plugin}) cannot be made: {Cause.Of(cause)}", cause);
