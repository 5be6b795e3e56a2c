using Rils.Cli.Exits;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>Finds the plugins of a resumed run in the folders where the run was begun with them, so that the user need
/// not repeat <c>--plugins</c>.</summary>
sealed class BegunPlugins
{
    readonly IReadOnlyList<string> given;
    readonly IReadOnlyList<PluginInfo> further;

    /// <summary>Reads the manifests of runs, and of all runs of sweeps.</summary>
    /// <param name="folders">The folders of runs and sweeps; one that does not exist is that of a new run.</param>
    /// <param name="given">The folders that <c>--plugins</c> names.</param>
    public BegunPlugins(IReadOnlyList<string> folders, IReadOnlyList<string> given)
    {
        this.given = given;
        string[] begun = [.. folders.Where(Directory.Exists)];
        further = begun.Length == 0 ? [] : PluginLocations.Elsewhere(
            begun.SelectMany(Runs).SelectMany(PluginsOf), [.. PluginLocations.Always, .. given]);
    }

    /// <summary>The folders of <c>--plugins</c>, and the folders where the run found other plugins.</summary>
    public IReadOnlyList<string> Roots => [.. given, .. further.Select(plugin => plugin.Path).Where(Directory.Exists)];

    /// <summary>Refuses to resume a run whose plugin is gone.</summary>
    /// <exception cref="UsageException">The folder where the run found a plugin no longer exists.</exception>
    public void ThrowIfGone()
    {
        if (further.FirstOrDefault(plugin => !Directory.Exists(plugin.Path)) is { } gone)
            throw new UsageException($"plugin {gone.Name}, with which the run was begun, is no longer in {gone.Path}: "
                + "name its folder by --plugins");
    }

    static IEnumerable<string> Runs(string folder)
    {
        try
        {
            return SweepFolder.Is(folder)
                ? [.. SweepFolder.Open(folder) is var sweep ? sweep.Record.Runs.Select(sweep.FolderOf) : []] : [folder];
        }
        catch (Exception unread) when (unread is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The command that opens the folder reports the error.
            return [];
        }
    }

    static IReadOnlyList<PluginInfo> PluginsOf(string run)
    {
        try
        {
            return File.Exists(Path.Combine(run, RunFolder.ManifestFile)) ? RunManifest.Read(run).Plugins : [];
        }
        catch (Exception unread) when (unread is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
