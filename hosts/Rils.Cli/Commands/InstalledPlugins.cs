using Rils.Cli.Exits;
using Rils.Engine.Plugins;

namespace Rils.Cli.Commands;

/// <summary>Changes this user's folder of installed plugins.</summary>
static class InstalledPlugins
{
    /// <summary>Does the work on the folder.</summary>
    /// <exception cref="UsageException">The user has no such folder, or it cannot be written.</exception>
    public static T Change<T>(Func<PluginStore, T> work)
    {
        var folder = PluginLocations.Installed ?? throw new UsageException(
            $"this user has no home folder to install plugins in: name a folder by {PluginLocations.Variable}");
        try
        {
            return work(new PluginStore(folder));
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"installed plugins cannot be changed: {unwritten.Message}; they lie in {folder}, "
                + $"and {PluginLocations.Variable} names another folder");
        }
    }
}
