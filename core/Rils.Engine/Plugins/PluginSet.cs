using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The plugins of a run and what they registered.</summary>
/// <param name="Plugins">Sorted by name.</param>
/// <param name="Registry">Their kinds, components and systems.</param>
public sealed record PluginSet(IReadOnlyList<PluginInfo> Plugins, PluginRegistry Registry) : IDisposable
{
    /// <summary>Ends the plugins' services.</summary>
    public void Dispose() => Registry.Dispose();
}
