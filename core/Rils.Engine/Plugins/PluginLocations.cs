using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>Where plugins are looked for.</summary>
public static class PluginLocations
{
    /// <summary>The folder <c>plugins</c> beside the host: the plugins that it was built with.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Those of some plugins that lie under none of the roots: where a run found them tells where else to
    /// look.</summary>
    /// <param name="wanted">What a run was begun with.</param>
    /// <param name="roots">Where is looked anyway.</param>
    public static IReadOnlyList<PluginInfo> Elsewhere(IEnumerable<PluginInfo> wanted, IReadOnlyList<string> roots)
    {
        var found = PluginFolders.Find(roots, new PluginProblems()).Select(folder => folder.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.DistinctBy(plugin => plugin.Name).Where(plugin => !found.Contains(plugin.Name))];
    }
}
