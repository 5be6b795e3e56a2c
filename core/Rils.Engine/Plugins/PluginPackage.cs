using System.IO.Compression;
using Rils.Contract;
using Rils.Files;

namespace Rils.Engine.Plugins;

/// <summary>A plugin as its author gives it away: a zip, a NuGet package, which is a zip too, or a folder.</summary>
/// <param name="path">The path of the file or folder.</param>
sealed class PluginPackage(string path)
{
    const string Assemblies = "*.dll", Manifest = ".deps.json";

    /// <summary>The type of a symbolic link, and the bits that hold a file's type, in the mode of Unix.</summary>
    const int Link = 0xA000, TypeOfFile = 0xF000;

    /// <summary>Puts the files of the package into a folder, and finds the plugin among them.</summary>
    /// <param name="target">The path of an empty folder.</param>
    /// <exception cref="PluginException">The package is damaged, or holds no plugin or several.</exception>
    public PluginFolder Unpack(string target)
    {
        if (Directory.Exists(path)) Copy(target);
        else if (!File.Exists(path)) throw Refused("does not exist", "correct the path");
        else if (Path.GetExtension(path).ToLowerInvariant() is ".zip" or ".nupkg") Extract(target);
        else throw Refused("is neither a .zip, a .nupkg nor a folder",
            "give the package, or the folder that the plugin was built into");
        return Find(target);
    }

    void Copy(string target)
    {
        foreach (var file in FolderTree.Files(path))
        {
            RegularFile.Require(file);
            var copy = Path.Combine(target, Path.GetRelativePath(path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    void Extract(string target)
    {
        RegularFile.Require(path);
        try
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries)
                if (LeadsOut(entry))
                    throw Refused($"holds {entry.FullName}, which would lie outside of the plugin's folder",
                        "do not use it: no tool makes such a package by accident");
            archive.ExtractToDirectory(target);
        }
        catch (InvalidDataException damaged)
        {
            throw Refused($"is damaged: {damaged.Message}", "download or make it again");
        }
    }

    /// <summary>Whether an entry has a path that leads out of the archive, or is a link, which may lead
    /// anywhere.</summary>
    static bool LeadsOut(ZipArchiveEntry entry)
    {
        var name = entry.FullName.Replace('\\', '/');
        return Path.IsPathRooted(name) || name.Contains(':') || name.Split('/').Contains("..")
            || (entry.ExternalAttributes >> 16 & TypeOfFile) == Link;
    }

    /// <summary>Finds the one folder that holds assemblies and lies in no other such folder: the package's own, or
    /// <c>lib/net10.0</c> in a NuGet package.</summary>
    PluginFolder Find(string target)
    {
        string[] holding = [.. Directory.EnumerateFiles(target, Assemblies, SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!).Distinct().Order(StringComparer.Ordinal)];
        string[] topmost = [.. holding.Where(folder => !holding.Any(other =>
            folder.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal)))];
        return topmost switch
        {
            [] => throw Refused("holds no assembly", "give the package or the build's output, not the project"),
            [var one] => new(NameIn(one), one),
            _ => throw Refused("holds assemblies in several folders: "
                + string.Join(", ", topmost.Select(folder => Path.GetRelativePath(target, folder))),
                "a package has one plugin, in one folder"),
        };
    }

    /// <summary>The plugin's name: that of the only <c>.deps.json</c>, which a build makes for the plugin alone, or of
    /// the only assembly.</summary>
    string NameIn(string folder)
    {
        string[] built = [.. Directory.EnumerateFiles(folder, $"*{Manifest}")
            .Select(file => Path.GetFileName(file)[..^Manifest.Length])];
        string[] assemblies = [.. Directory.EnumerateFiles(folder, Assemblies)
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        return built is [var plugin] ? plugin : assemblies is [var only] ? only
            : throw Refused("holds several assemblies and does not say which is the plugin",
                "put the .deps.json of the build into it, and no other");
    }

    PluginException Refused(string why, string fix) =>
        new([new($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))} {why}", path, fix)]);
}
