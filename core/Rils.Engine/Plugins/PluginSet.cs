using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The plugins of a run and their registrations.</summary>
/// <param name="Plugins">The plugins, sorted by name.</param>
/// <param name="Registry">The kinds, components and systems of the plugins.</param>
public sealed record PluginSet(IReadOnlyList<PluginInfo> Plugins, PluginRegistry Registry) : IDisposable
{
    /// <summary>Disposes the plugins' services.</summary>
    public void Dispose() => Registry.Dispose();
}
