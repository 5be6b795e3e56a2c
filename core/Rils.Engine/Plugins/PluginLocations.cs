using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The folders in which a host looks for plugins.</summary>
public static class PluginLocations
{
    /// <summary>The folder <c>plugins</c> beside the host: the plugins that it was built with.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "plugins");

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
