using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The folders in which a host looks for plugins.</summary>
public static class PluginLocations
{
    /// <summary>The environment variable that names the folder of installed plugins.</summary>
    public const string Variable = "RILS_PLUGINS";

    /// <summary>The folder <c>plugins</c> beside the host: the plugins that it was built with.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The folder of the plugins that this user installed: <c>$RILS_PLUGINS</c>, else
    /// <c>$XDG_DATA_HOME/rils/plugins</c>, else <c>~/.local/share/rils/plugins</c>; null for a user without a home. A
    /// relative <c>XDG_DATA_HOME</c> does not count, as the standard for these folders demands.</summary>
    public static string? Installed
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return Path.GetFullPath(given);
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { } named && Path.IsPathRooted(named)
                ? named : home.Length > 0 ? Path.Combine(home, ".local", "share") : null;
            return data is null ? null : Path.Combine(data, "rils", "plugins");
        }
    }

    /// <summary>The folders in which the host looks in any case: <see cref="Default"/>, and those of the installed
    /// plugins.</summary>
    public static IReadOnlyList<string> Always => [Default, .. PluginStore.FoldersIn(Installed)];

    /// <summary>Returns the wanted plugins that lie under none of the roots. Their paths, recorded when the run was
    /// begun, say where else to look.</summary>
    /// <param name="wanted">The plugins with which a run was begun.</param>
    /// <param name="roots">The folders in which the host looks in any case.</param>
    public static IReadOnlyList<PluginInfo> Elsewhere(IEnumerable<PluginInfo> wanted, IReadOnlyList<string> roots)
    {
        var found = PluginFolders.Find(roots, new PluginProblems()).Select(folder => folder.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.DistinctBy(plugin => plugin.Name).Where(plugin => !found.Contains(plugin.Name))];
    }
}
