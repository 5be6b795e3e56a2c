using Rils.Cli.Exits;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>Finds the plugins of a run that goes on where it was begun with them, so that no <c>--plugins</c> need say
/// it again.</summary>
sealed class BegunPlugins
{
    readonly IReadOnlyList<string> given;
    readonly IReadOnlyList<PluginInfo> further;

    /// <summary>Looks into the manifests of a run folder, or of all runs of a sweep's.</summary>
    /// <param name="folder">The folder; null, or one that does not exist, for a new run.</param>
    /// <param name="given">What <c>--plugins</c> names.</param>
    public BegunPlugins(string? folder, IReadOnlyList<string> given)
    {
        this.given = given;
        further = folder is null || !Directory.Exists(folder)
            ? [] : PluginLocations.Elsewhere(Runs(folder).SelectMany(PluginsOf), [PluginLocations.Default, .. given]);
    }

    /// <summary>The folders of <c>--plugins</c>, and those where the run found others.</summary>
    public IReadOnlyList<string> Roots => [.. given, .. further.Select(plugin => plugin.Path).Where(Directory.Exists)];

    /// <exception cref="UsageException">A plugin is no longer where the run found it.</exception>
    public void ThrowIfGone()
    {
        if (further.FirstOrDefault(plugin => !Directory.Exists(plugin.Path)) is { } gone)
            throw new UsageException($"plugin {gone.Name}, with which the run was begun, is no longer in {gone.Path}: name its folder by --plugins");
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
            // Whoever goes on with it says so.
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
