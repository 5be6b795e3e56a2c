using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>The names of kinds in experiments. A kind of this project's own plugins has a bare name, <c>random</c>; a
/// kind of any other plugin has that plugin's name before it, <c>alice/lion</c>. No two kinds have one such name,
/// whichever plugins are loaded.</summary>
static class KindNames
{
    const char Separator = '/';

    /// <summary>The full name of a kind.</summary>
    public static string Of(string plugin, string kind) =>
        SystemDefinition.IsOurs(plugin) ? kind : $"{plugin.ToLowerInvariant()}{Separator}{kind}";

    /// <summary>Whether a name in a file means an entry: by its kind alone, or with its plugin, whose name ignores
    /// case.</summary>
    public static bool Means(string written, KindEntry entry)
    {
        var at = written.LastIndexOf(Separator);
        return written[(at + 1)..] == entry.Kind
            && (at < 0 || written[..at].Equals(entry.Plugin, StringComparison.OrdinalIgnoreCase));
    }
}
