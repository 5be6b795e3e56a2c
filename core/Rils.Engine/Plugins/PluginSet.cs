using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The plugins of a run and their registrations.</summary>
/// <param name="Plugins">The plugins, sorted by name.</param>
/// <param name="Registry">The kinds, components and systems of the plugins.</param>
public sealed record PluginSet(IReadOnlyList<PluginInfo> Plugins, PluginRegistry Registry) : IDisposable
{
    /// <summary>The names of the plugins that each plugin requires, directly or through others.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Required { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The plugins of some names and all that these require, sorted by name.</summary>
    internal IReadOnlyList<PluginInfo> WithRequired(IReadOnlySet<string> names)
    {
        var all = names.Concat(names.SelectMany(name => Required.GetValueOrDefault(name, []))).ToHashSet();
        return [.. Plugins.Where(plugin => all.Contains(plugin.Name))];
    }

    /// <summary>Disposes the plugins' services.</summary>
    public void Dispose() => Registry.Dispose();
}
