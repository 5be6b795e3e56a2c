using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Files;
using TorchSharp;

namespace Rils.Engine.Plugins;

/// <summary>Refuses, before loading, the plugins that would break the process afterwards, when it is too late for a
/// message.</summary>
static partial class PluginInspection
{
    const string Contract = "Rils.Contract", Scheduler = "Rils.Scheduling";
    const string CsprojLine = "Private=\"false\" ExcludeAssets=\"runtime;native\"";
    static readonly Version Offered = VersionOf(typeof(IPlugin));

    /// <summary>The assemblies that the host gives to a plugin, in the host's version, also where the plugin's folder
    /// has them.</summary>
    static readonly Dictionary<string, Version> given =
        ((Type[])[typeof(torch), typeof(ILogger), typeof(IServiceCollection)])
        .ToDictionary(type => type.Assembly.GetName().Name!, VersionOf);

    /// <summary>Reads a plugin's folder. Returns null and reports problems where the plugin must not be
    /// loaded.</summary>
    public static InspectedPlugin? Inspect(PluginFolder folder, PluginProblems problems)
    {
        var before = problems.Count;
        AssemblyFile? assembly = null;
        try
        {
            RefuseShippedCore(folder, problems);
            if (File.Exists(folder.Assembly)) assembly = CheckReferences(folder, problems);
            else problems.Add($"plugin {folder.Name} has no assembly", folder.Path,
                $"expected {folder.Name}.dll in it: a plugin's folder and assembly have the same name");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"plugin {folder.Name} cannot be read: {error.Message}", folder.Path,
                "make its files readable");
        }
        return problems.Count == before && assembly is not null ? new(folder, assembly) : null;
    }

    /// <summary>Refuses a plugin that ships assemblies of the host. A second TorchSharp aborts the process without an
    /// exception; the types of a second contract have the same names and are others.</summary>
    /// <remarks>Rils.Scheduling.dll passes: a project reference to the contract copies this file however the reference
    /// is marked, and the host loads its own file in any case.</remarks>
    static void RefuseShippedCore(PluginFolder folder, PluginProblems problems)
    {
        var shipped = FolderTree.Files(folder.Path)
            .Where(path => IsHostsOwn(Path.GetFileName(path)))
            .Select(path => Path.GetRelativePath(folder.Path, path)).Order(StringComparer.Ordinal).ToArray();
        if (shipped.Length == 0) return;
        var names = string.Join(", ", shipped.Take(4)) + (shipped.Length > 4 ? $" and {shipped.Length - 4} more" : "");
        problems.Add($"plugin {folder.Name} ships its own {names}, which must be the host's", folder.Path,
            $"add {CsprojLine} to each <ProjectReference> and <PackageReference> that brings them "
            + $"(Private=\"false\" to each <Reference>) in {folder.Name}.csproj, and build into an empty folder");
    }

    /// <summary>Checks all assemblies of the folder, and returns the plugin's own.</summary>
    static AssemblyFile? CheckReferences(PluginFolder folder, PluginProblems problems)
    {
        AssemblyFile? plugin = null;
        foreach (var path in Directory.GetFiles(folder.Path, "*.dll").Order(StringComparer.Ordinal))
        {
            var isPlugin = path == folder.Assembly;
            try
            {
                var file = AssemblyFile.Read(path);
                if (isPlugin) plugin = file;
                CheckVersions(folder.Name, path, file.References, problems);
                if (isPlugin && !file.References.Any(reference => reference.Name == Contract))
                    problems.Add($"plugin {folder.Name} is not built against the plugin contract", path,
                        $"reference {Contract} with {CsprojLine} and implement {nameof(IPlugin)}");
            }
            catch (BadImageFormatException error)
            {
                // A native library beside the plugin may be a .dll too.
                if (isPlugin)
                    problems.Add($"plugin {folder.Name} is not a .NET assembly: {error.Message}", path,
                        "build the plugin again");
            }
        }
        return plugin;
    }

    static void CheckVersions(string plugin, string path, IReadOnlyList<(string Name, Version Version)> references,
        PluginProblems problems)
    {
        foreach (var (name, version) in references)
        {
            if (name is Contract or Scheduler && version.Major != Offered.Major)
                problems.Add($"plugin {plugin} is built for plugin API {version.Major}, this host offers "
                    + $"{Offered.Major} ({name} {version})", path, $"build it against the {name}.dll of this host, "
                    + $"or take the plugin's release for API {Offered.Major}");
            else if (given.TryGetValue(name, out var own) && version > own)
                problems.Add($"plugin {plugin} is built for {name} {version}, this host has {own}", path,
                    $"build it against the {name}.dll of this host");
        }
    }

    static bool IsHostsOwn(string file) => Torches().IsMatch(file)
        || EngineAssemblies.All.Select(EngineAssemblies.NameOf).Where(name => name != Scheduler)
            .Any(name => file.Equals($"{name}.dll", StringComparison.OrdinalIgnoreCase));

    static Version VersionOf(Type type) => type.Assembly.GetName().Version!;

    [GeneratedRegex(@"^(TorchSharp\.dll|lib(LibTorchSharp|torch|c10).*" +
        @"|(LibTorchSharp|torch(_cpu|_cuda|_global_deps|_python)?|c10(_cuda)?)\.dll)$", RegexOptions.IgnoreCase)]
    private static partial Regex Torches();
}
