namespace Rils.Engine.Plugins;

/// <summary>A plugin whose files would not break the process, not loaded yet.</summary>
/// <param name="Folder">The plugin's folder.</param>
/// <param name="Assembly">The metadata of the plugin's assembly.</param>
sealed record InspectedPlugin(PluginFolder Folder, AssemblyFile Assembly)
{
    public string Name => Folder.Name;
}
