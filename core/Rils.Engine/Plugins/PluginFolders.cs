namespace Rils.Engine.Plugins;

/// <summary>Finds plugin folders under the roots that the user gave.</summary>
static class PluginFolders
{
    /// <summary>Sorted by name; a name that two roots hold is a problem, and neither is returned.</summary>
    public static IReadOnlyList<PluginFolder> Find(IReadOnlyList<string> roots, PluginProblems problems)
    {
        // A folder that two roots lead to is one plugin. Assembly names ignore case, so plugin names do.
        var byName = roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(root => Under(root, problems)).DistinctBy(folder => folder.Path)
            .OrderBy(folder => folder.Name, StringComparer.Ordinal).ThenBy(folder => folder.Path, StringComparer.Ordinal)
            .GroupBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase);
        var found = new List<PluginFolder>();
        foreach (var same in byName)
        {
            if (same.Count() == 1) found.Add(same.Single());
            else problems.Add($"plugin {same.Key} is there {same.Count()} times", string.Join(" and ", same.Select(folder => folder.Path)),
                "remove all but one, or leave one folder out of --plugins");
        }
        return found;
    }

    static IReadOnlyList<PluginFolder> Under(string root, PluginProblems problems)
    {
        try
        {
            if (!Directory.Exists(root)) problems.Add("a plugin folder does not exist", root, "correct the path given to --plugins");
            else return AsPlugin(root) is { } plugin ? [plugin] : Inside(root, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"a plugin folder cannot be read: {error.Message}", root, "make it readable");
        }
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
        if (Directory.EnumerateFiles(root, "*.csproj").Any())
        {
            problems.Add("a project's folder was given, not its output", root, "build it and give the folder that its .dll is in");
            return [];
        }
        var folders = Directory.GetDirectories(root).Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(path => new PluginFolder(Path.GetFileName(path), path)).ToArray();
        if (folders.Length == 0)
            problems.Add("a plugin folder holds no plugin", root, $"expected {Path.Combine(root, "<Name>", "<Name>.dll")}, or {Path.GetFileName(root)}.dll in it");
        return folders;
    }
}
