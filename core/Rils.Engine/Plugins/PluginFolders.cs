namespace Rils.Engine.Plugins;

/// <summary>Finds plugin folders under the given roots.</summary>
static class PluginFolders
{
    /// <summary>Finds the folders, sorted by the plugin's name. Where folders hold different plugins of one name, the
    /// method reports a problem and returns none of them.</summary>
    public static IReadOnlyList<PluginFolder> Find(IReadOnlyList<string> roots, PluginProblems problems)
    {
        // Two roots may lead to one folder, which is one plugin. Plugin names ignore case, as assembly names do.
        var byName = roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Distinct()
            .Order(StringComparer.Ordinal)
            .SelectMany(root => Under(root, problems)).DistinctBy(folder => folder.Assembly)
            .OrderBy(folder => folder.Name, StringComparer.Ordinal)
            .ThenBy(folder => folder.Path, StringComparer.Ordinal)
            .GroupBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase);
        var found = new List<PluginFolder>();
        foreach (var same in byName)
        {
            // Copies with the same bytes are one plugin: a build's output folder and the host's own folder hold copies.
            var different = same.Count() == 1
                ? [same.Single()] : same.DistinctBy(folder => PluginHash.Of(folder.Path)).ToArray();
            if (different.Length == 1) found.Add(different[0]);
            else problems.Add($"plugin {same.Key} lies in {different.Length} folders with different contents",
                string.Join(" and ", different.Select(folder => folder.Path)),
                "remove all but one, or leave one folder out of --plugins");
        }
        return found;
    }

    static IReadOnlyList<PluginFolder> Under(string root, PluginProblems problems)
    {
        try
        {
            if (File.Exists(root)) return AsFile(root, problems);
            if (!Directory.Exists(root))
                problems.Add("a plugin folder does not exist", root, "correct the path given to --plugins");
            else return AsPlugin(root) is { } plugin ? [plugin] : Inside(root, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"a plugin folder cannot be read: {error.Message}", root, "make it readable");
        }
        return [];
    }

    /// <summary>Takes the path of an assembly for the folder that holds it.</summary>
    static IReadOnlyList<PluginFolder> AsFile(string path, PluginProblems problems)
    {
        if (Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
            return [new(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!)];
        problems.Add("a plugin path names a file that is no .dll", path,
            "give the folder that holds the plugin's .dll, or the .dll itself");
        return [];
    }

    /// <summary>Takes a root that holds assemblies for one plugin: <c>Name/Name.dll</c>, or a build's output, whose
    /// <c>.deps.json</c> names the plugin. Null for a root that holds no assembly.</summary>
    static PluginFolder? AsPlugin(string root)
    {
        const string manifest = ".deps.json";
        var folder = new PluginFolder(Path.GetFileName(root), root);
        if (File.Exists(folder.Assembly)) return folder;
        if (!Directory.EnumerateFiles(root, "*.dll").Any()) return null;
        var built = Directory.GetFiles(root, "*" + manifest)
            .Select(path => Path.GetFileName(path)[..^manifest.Length]).ToArray();
        return built.Length == 1 ? folder with { Name = built[0] } : folder;
    }

    static IReadOnlyList<PluginFolder> Inside(string root, PluginProblems problems)
    {
        var folders = Below(root);
        if (IsProject(root))
            problems.Add("a plugin folder is a project's folder, not its output", root,
                $"build the project and give the folder that holds its .dll{Built(root)}");
        else if (folders.Any(HoldsAssembly))
            return [.. folders.Select(path => new PluginFolder(Path.GetFileName(path), path))];
        else if (folders.FirstOrDefault(IsProject) is { } project)
            problems.Add("a plugin folder holds projects, not their outputs", root,
                $"build the projects and give the folder that holds the .dll of one{Built(project)}");
        else
            problems.Add("a plugin folder holds no plugin", root, FixFor(root, folders));
        return [];
    }

    static string FixFor(string root, string[] folders) =>
        folders.FirstOrDefault(path => Below(path).Any(HoldsAssembly)) is { } deeper ? $"give {deeper}"
            : $"expected {Path.Combine(root, "<Name>", "<Name>.dll")}, or {Path.GetFileName(root)}.dll in that folder";

    static string[] Below(string folder) => [.. Directory.GetDirectories(folder)
        .Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];

    static bool HoldsAssembly(string folder) => Directory.EnumerateFiles(folder, "*.dll").Any();

    static bool IsProject(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Any();

    /// <summary>Names the folder of the project's newest assembly under <c>bin</c>, as the end of a message:
    /// <c>: PATH</c>. Empty where the project was not built.</summary>
    static string Built(string project)
    {
        var name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(project, "*.csproj").First());
        var bin = Path.Combine(project, "bin");
        if (!Directory.Exists(bin)) return "";
        var newest = Directory.EnumerateFiles(bin, name + ".dll", SearchOption.AllDirectories)
            .MaxBy(File.GetLastWriteTimeUtc);
        return newest is null ? "" : $": {Path.GetDirectoryName(newest)}";
    }
}
