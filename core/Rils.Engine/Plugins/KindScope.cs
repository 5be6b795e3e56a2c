using Microsoft.Extensions.DependencyInjection;

namespace Rils.Engine.Plugins;

/// <summary>The services of plugins for the kinds of one arm, or of the data: a scope of each plugin's own provider,
/// opened when the first of its kinds is made.</summary>
public sealed class KindScope : IDisposable
{
    readonly Dictionary<IServiceProvider, IServiceScope> open = [];

    /// <summary>The scoped services of a plugin. Devices make their arms' modules side by side.</summary>
    /// <param name="plugin">The plugin's provider.</param>
    internal IServiceProvider Of(IServiceProvider plugin)
    {
        lock (open)
        {
            if (!open.TryGetValue(plugin, out var scope)) open[plugin] = scope = plugin.CreateScope();
            return scope.ServiceProvider;
        }
    }

    /// <summary>Ends the scopes, and with them the services that were made in them.</summary>
    public void Dispose()
    {
        foreach (var scope in open.Values) scope.Dispose();
        open.Clear();
    }
}
