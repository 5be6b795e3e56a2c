using Rils.Contract;
using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>A plugin's instance, not configured yet.</summary>
sealed record LoadedPlugin(PluginInfo Info, IPlugin Plugin)
{
    public string Name => Info.Name;

    /// <summary>Its folder, for messages.</summary>
    public string Where => Info.Path;
}
