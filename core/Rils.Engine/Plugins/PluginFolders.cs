namespace Rils.Engine.Plugins;

/// <summary>Finds plugin folders under the roots that the user gave.</summary>
static class PluginFolders
{
    /// <summary>Sorted by name; a name that two roots hold is a problem, and neither is returned.</summary>
    public static IReadOnlyList<PluginFolder> Find(IReadOnlyList<string> roots, PluginProblems problems)
    {
        // A folder that two roots lead to is one plugin. Assembly names ignore case, so plugin names do.
        var byName = roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(root => Under(root, problems)).DistinctBy(folder => folder.Assembly)
            .OrderBy(folder => folder.Name, StringComparer.Ordinal).ThenBy(folder => folder.Path, StringComparer.Ordinal)
            .GroupBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase);
        var found = new List<PluginFolder>();
        foreach (var same in byName)
        {
            // Copies of the same bytes are one plugin: a build's output folder and the host's own hold them.
            var different = same.Count() == 1 ? [same.Single()] : same.DistinctBy(folder => PluginHash.Of(folder.Path)).ToArray();
            if (different.Length == 1) found.Add(different[0]);
            else problems.Add($"plugin {same.Key} is there {different.Length} times", string.Join(" and ", different.Select(folder => folder.Path)),
                "remove all but one, or leave one folder out of --plugins");
        }
        return found;
    }

    static IReadOnlyList<PluginFolder> Under(string root, PluginProblems problems)
    {
        try
        {
            if (File.Exists(root)) return AsFile(root, problems);
            if (!Directory.Exists(root)) problems.Add("a plugin folder does not exist", root, "correct the path given to --plugins");
            else return AsPlugin(root) is { } plugin ? [plugin] : Inside(root, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"a plugin folder cannot be read: {error.Message}", root, "make it readable");
        }
        return [];
    }

    /// <summary>An assembly stands for the folder that it is in.</summary>
    static IReadOnlyList<PluginFolder> AsFile(string path, PluginProblems problems)
    {
        if (Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
            return [new(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!)];
        problems.Add("a file was given in place of a plugin folder", path, "give the folder that the plugin's .dll is in, or the .dll");
        return [];
    }

    /// <summary>A root with assemblies of its own is one plugin: <c>Name/Name.dll</c>, or a build's output, whose deps.json names it.</summary>
    static PluginFolder? AsPlugin(string root)
    {
        const string manifest = ".deps.json";
        var folder = new PluginFolder(Path.GetFileName(root), root);
        if (File.Exists(folder.Assembly)) return folder;
        if (!Directory.EnumerateFiles(root, "*.dll").Any()) return null;
        var built = Directory.GetFiles(root, "*" + manifest).Select(path => Path.GetFileName(path)[..^manifest.Length]).ToArray();
        return built.Length == 1 ? folder with { Name = built[0] } : folder;
    }

    static IReadOnlyList<PluginFolder> Inside(string root, PluginProblems problems)
    {
        var folders = Below(root);
        if (IsProject(root))
            problems.Add("a project's folder was given, not its output", root, $"build it and give the folder that its .dll is in{Built(root)}");
        else if (folders.Any(HoldsAssembly))
            return [.. folders.Select(path => new PluginFolder(Path.GetFileName(path), path))];
        else if (folders.FirstOrDefault(IsProject) is { } project)
            problems.Add("a folder of projects was given, not their outputs", root, $"build them and give the folder that a .dll is in{Built(project)}");
        else
            problems.Add("a plugin folder holds no plugin", root, folders.FirstOrDefault(path => Below(path).Any(HoldsAssembly)) is { } deeper
                ? $"give {deeper}" : $"expected {Path.Combine(root, "<Name>", "<Name>.dll")}, or {Path.GetFileName(root)}.dll in it");
        return [];
    }

    static string[] Below(string folder) =>
        [.. Directory.GetDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];

    static bool HoldsAssembly(string folder) => Directory.EnumerateFiles(folder, "*.dll").Any();

    static bool IsProject(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Any();

    /// <summary>Where the project's assembly lies by default, if it was built: the newest.</summary>
    static string Built(string project)
    {
        var (name, bin) = (Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(project, "*.csproj").First()), Path.Combine(project, "bin"));
        if (!Directory.Exists(bin)) return "";
        var newest = Directory.EnumerateFiles(bin, name + ".dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc);
        return newest is null ? "" : $": {Path.GetDirectoryName(newest)}";
    }
}
