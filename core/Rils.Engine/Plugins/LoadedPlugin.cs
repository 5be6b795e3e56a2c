using System.Reflection;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>A plugin's instance, before its <c>Configure</c>, and the plugin's record for run manifests.</summary>
sealed record LoadedPlugin(PluginInfo Info, IPlugin Plugin)
{
    public string Name => Info.Name;

    /// <summary>The plugin's assembly, which plugins that require it get.</summary>
    public Assembly Assembly => Plugin.GetType().Assembly;

    /// <summary>The plugin's folder, for messages.</summary>
    public string Where => Info.Path;
}
