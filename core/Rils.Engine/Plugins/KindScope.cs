using Microsoft.Extensions.DependencyInjection;

namespace Rils.Engine.Plugins;

/// <summary>The plugins' scoped services for the kinds of one arm, or of the data: one scope of each plugin's provider,
/// opened when the first kind of that plugin needs it.</summary>
public sealed class KindScope : IDisposable
{
    readonly Dictionary<IServiceProvider, IServiceScope> open = [];

    /// <summary>Returns the scoped services of a plugin. The method locks, since devices make the modules of their arms
    /// in parallel.</summary>
    /// <param name="plugin">The plugin's provider.</param>
    internal IServiceProvider Of(IServiceProvider plugin)
    {
        lock (open)
        {
            if (!open.TryGetValue(plugin, out var scope)) open[plugin] = scope = plugin.CreateScope();
            return scope.ServiceProvider;
        }
    }

    /// <summary>Disposes the scopes and the services that were made in them.</summary>
    public void Dispose()
    {
        foreach (var scope in open.Values) scope.Dispose();
        open.Clear();
    }
}
