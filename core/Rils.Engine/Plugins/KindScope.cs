using Microsoft.Extensions.DependencyInjection;

namespace Rils.Engine.Plugins;

/// <summary>The plugins' scoped services for the kinds of one arm, or of the data: one scope of each plugin's provider,
/// opened when the first kind of that plugin needs it.</summary>
public sealed class KindScope : IDisposable
{
    readonly Dictionary<IServiceProvider, IServiceScope> open = [];

    [ThreadStatic]
    static KindScope? current;

    /// <summary>The scope of the kind that this thread is making: the kinds that it holds are of the same arm, or of
    /// the data too.</summary>
    /// <exception cref="InvalidOperationException">No kind is being made.</exception>
    internal static KindScope Current => current ?? throw new InvalidOperationException(
        "a wrapped kind can be made only by the factory or the constructor of the kind around it, not later");

    /// <summary>Makes a kind in this scope.</summary>
    internal T Making<T>(Func<T> make)
    {
        var around = current;
        current = this;
        try
        {
            return make();
        }
        finally
        {
            current = around;
        }
    }

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
