using Microsoft.Extensions.Logging;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Plugins;

/// <summary>The folder of the plugins that a user installed. A command that is killed leaves no half-installed
/// plugin.</summary>
/// <param name="folder">The folder's path.</param>
public sealed class PluginStore(string folder)
{
    // The loader passes over folders whose names begin with a dot.
    const string Adding = ".adding", Lock = ".lock", Replaced = ".replaced-";

    /// <summary>The folders of the plugins in a store, sorted; empty where the store does not exist.</summary>
    internal static IReadOnlyList<string> FoldersIn(string? store) => Directory.Exists(store)
        ? [.. Directory.GetDirectories(store).Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)] : [];

    /// <summary>Installs a plugin after all checks that every command makes of it, beside the host's plugins and the
    /// installed ones.</summary>
    /// <param name="path">The path of a zip, of a NuGet package, or of the folder that the plugin was built
    /// into.</param>
    /// <param name="mayReplace">Whether the plugin may take the place of another build of it.</param>
    /// <param name="loggers">Makes the plugins' loggers; null for no log.</param>
    /// <returns>The plugin in its new place, and whether other bytes than before lie there.</returns>
    /// <exception cref="PluginException">The plugin cannot be used, or another build of it is installed; nothing was
    /// installed.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public (PluginInfo Plugin, bool IsNew) Add(string path, bool mayReplace, ILoggerFactory? loggers = null)
    {
        Directory.CreateDirectory(folder);
        using var hold = new FolderHold(folder, Lock);
        Recover();
        var staging = Path.Combine(folder, Adding);
        try
        {
            return Install(Stage(path, staging), path, mayReplace, loggers);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Removes an installed plugin.</summary>
    /// <param name="name">The name of the plugin's assembly; case does not count.</param>
    /// <returns>The path of the folder that was removed.</returns>
    /// <exception cref="PluginException">No such plugin is installed, or another one needs it.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public string Remove(string name)
    {
        if (!Directory.Exists(folder)) throw NotInstalled(name);
        using var hold = new FolderHold(folder, Lock);
        Recover();
        var there = Find(name) ?? throw NotInstalled(name);
        foreach (var other in FoldersIn(folder).Where(other => other != there && Needs(other, name)))
            throw Refused($"plugin {Path.GetFileName(other)} needs plugin {Path.GetFileName(there)}",
                $"remove {Path.GetFileName(other)} first");
        var gone = Path.Combine(folder, Adding);
        Directory.Move(there, gone);
        Directory.Delete(gone, recursive: true);
        return there;
    }

    static PluginFolder Stage(string path, string staging)
    {
        var files = Directory.CreateDirectory(Path.Combine(staging, "files")).FullName;
        var unpacked = new PluginPackage(path).Unpack(files);
        // A plugin's folder has the plugin's name.
        var named = Path.Combine(Directory.CreateDirectory(Path.Combine(staging, "named")).FullName, unpacked.Name);
        Directory.Move(unpacked.Path, named);
        return unpacked with { Path = named };
    }

    (PluginInfo Plugin, bool IsNew) Install(PluginFolder staged, string path, bool mayReplace, ILoggerFactory? loggers)
    {
        var old = Find(staged.Name);
        var plugin = Check(staged, path, [.. FoldersIn(folder).Where(other => other != old)], loggers);
        if (old is not null && PluginHash.Of(old) == plugin.Sha256) return (plugin with { Path = old }, false);
        if (old is not null && !mayReplace)
            throw Refused($"another build of plugin {plugin.Name} is installed: {VersionIn(old)}",
                $"--replace puts {plugin.Version} in its place");
        var place = Path.Combine(folder, plugin.Name);
        if (old is not null) Directory.Move(old, ReplacedBy(old));
        Directory.Move(staged.Path, place);
        if (old is not null) Directory.Delete(ReplacedBy(old), recursive: true);
        return (plugin with { Path = place }, true);
    }

    /// <summary>Loads the plugin beside those that every command will load it with.</summary>
    static PluginInfo Check(PluginFolder staged, string path, IReadOnlyList<string> others, ILoggerFactory? loggers)
    {
        try
        {
            using var set = PluginLoader.Load([PluginLocations.Default, .. others, staged.Path], loggers);
            return set.Plugins.First(plugin => plugin.Name == staged.Name);
        }
        catch (PluginException refused)
        {
            // The user knows the package, not the folder in which it was looked at.
            throw new PluginException([.. refused.Problems.Select(problem =>
                problem with { Where = problem.Where.Replace(staged.Path, path) })]);
        }
    }

    /// <summary>Ends what a killed command began: a plugin that was to be replaced comes back, unless the new one is in
    /// its place.</summary>
    void Recover()
    {
        foreach (var old in Directory.GetDirectories(folder, $"{Replaced}*"))
            if (Path.Combine(folder, Path.GetFileName(old)[Replaced.Length..]) is var place && Directory.Exists(place))
                Directory.Delete(old, recursive: true);
            else Directory.Move(old, place);
        if (Path.Combine(folder, Adding) is var left && Directory.Exists(left)) Directory.Delete(left, recursive: true);
    }

    string ReplacedBy(string old) => Path.Combine(folder, $"{Replaced}{Path.GetFileName(old)}");

    string? Find(string name) => FoldersIn(folder).FirstOrDefault(path =>
        Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase));

    static string VersionIn(string plugin) => Read(plugin)?.Version ?? "unreadable";

    static bool Needs(string plugin, string name) => Read(plugin) is { } file
        && file.Requires.Any(required => required.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The metadata of an installed plugin; null for one that is damaged, which any command reports and which
    /// can be removed all the same.</summary>
    static AssemblyFile? Read(string plugin)
    {
        try
        {
            return AssemblyFile.Read(Path.Combine(plugin, $"{Path.GetFileName(plugin)}.dll"));
        }
        catch (Exception damaged)
            when (damaged is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    PluginException NotInstalled(string name) => Refused($"no plugin {name} is installed",
        "give the name of one that is: " + (FoldersIn(folder) is { Count: > 0 } all
            ? string.Join(", ", all.Select(Path.GetFileName)) : "none is"));

    PluginException Refused(string what, string fix) => new([new(what, folder, fix)]);
}
