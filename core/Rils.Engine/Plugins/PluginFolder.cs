namespace Rils.Engine.Plugins;

/// <summary>A folder that should hold the plugin <paramref name="Name"/>.</summary>
sealed record PluginFolder(string Name, string Path)
{
    public string Assembly => System.IO.Path.Combine(Path, Name + ".dll");
}
