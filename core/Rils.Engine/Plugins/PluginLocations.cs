namespace Rils.Engine.Plugins;

/// <summary>Where plugins are looked for.</summary>
public static class PluginLocations
{
    /// <summary>The folder <c>plugins</c> beside the host: the plugins that it was built with.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "plugins");
}
