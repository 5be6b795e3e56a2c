using Rils.Contract;
using Rils.Files;

namespace Rils.Engine.Plugins;

/// <summary>Orders plugins so that each comes after those that it requires, and refuses those whose requirements do not
/// hold.</summary>
/// <param name="found">The names of all folders, those of refused plugins too: a plugin that requires a refused one is
/// left out without a message of its own.</param>
/// <param name="plugins">The plugins that may be loaded, sorted by name.</param>
/// <param name="problems">The list that takes problems.</param>
sealed class PluginRequirements(
    IEnumerable<string> found, IReadOnlyList<InspectedPlugin> plugins, PluginProblems problems)
{
    static readonly StringComparer sameName = StringComparer.OrdinalIgnoreCase;

    readonly HashSet<string> found = new(found, sameName);
    readonly Dictionary<string, InspectedPlugin> byName = plugins.ToDictionary(plugin => plugin.Name, sameName);
    readonly Dictionary<string, bool> isUsable = new(sameName);
    readonly List<InspectedPlugin> ordered = [];

    /// <summary>The plugins whose requirements hold, each after those that it requires.</summary>
    public IReadOnlyList<InspectedPlugin> Order()
    {
        foreach (var plugin in plugins) Visit(plugin, []);
        return ordered;
    }

    /// <summary>The plugins that a plugin requires, directly or through others; only such as may be loaded.</summary>
    public IReadOnlyList<InspectedPlugin> Of(InspectedPlugin plugin)
    {
        HashSet<InspectedPlugin> all = [];
        void Add(InspectedPlugin one)
        {
            foreach (var (name, _) in one.Assembly.Requires)
                if (byName.TryGetValue(name, out var required) && all.Add(required)) Add(required);
        }
        Add(plugin);
        return [.. all.OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    bool Visit(InspectedPlugin plugin, IReadOnlyList<string> path)
    {
        if (isUsable.TryGetValue(plugin.Name, out var known)) return known;
        if (path.Contains(plugin.Name)) return RefuseCycle(plugin, [.. path.SkipWhile(name => name != plugin.Name)]);
        var before = problems.Count;
        var isWhole = true;
        foreach (var (name, versions) in plugin.Assembly.Requires)
            if (!found.Contains(name)) RefuseMissing(plugin, name, versions);
            else if (!byName.TryGetValue(name, out var required)) isWhole = false;
            else
            {
                CheckVersion(plugin, required, versions);
                isWhole &= Visit(required, [.. path, plugin.Name]);
            }
        CheckFolder(plugin);
        if (isUsable[plugin.Name] = isWhole && problems.Count == before) ordered.Add(plugin);
        return isUsable[plugin.Name];
    }

    void RefuseMissing(InspectedPlugin plugin, string name, string versions) => problems.Add(
        $"plugin {plugin.Name} needs plugin {name} {versions}, which is not here", plugin.Folder.Path,
        $"install it by `rils plugins add FILE`, or name the folder of {name} by --plugins too");

    bool RefuseCycle(InspectedPlugin plugin, IReadOnlyList<string> circle)
    {
        problems.Add($"plugins need each other: {string.Join(" needs ", circle.Append(plugin.Name))}",
            string.Join(" and ", circle.Select(name => byName[name].Folder.Path)),
            "move what both use into a third plugin that both require");
        return false;
    }

    void CheckVersion(InspectedPlugin plugin, InspectedPlugin required, string versions)
    {
        if (!PluginVersions.TryParse(versions, out var range))
            problems.Add($"plugin {plugin.Name} needs plugin {required.Name} in the versions \"{versions}\", which is "
                + "no range of versions", plugin.Folder.Assembly,
                $"write it as NuGet does: {PluginVersions.Notation}");
        else if (!PluginVersions.Holds(range, required.Assembly.Version))
            problems.Add($"plugin {plugin.Name} needs plugin {required.Name} {versions}, and here is "
                + required.Assembly.Version, $"{plugin.Folder.Path} and {required.Folder.Path}",
                $"take a release of {required.Name} with such a version, or one of {plugin.Name} for this version");
    }

    /// <summary>Refuses a folder that holds the assembly of another plugin, whose types would have the same names and
    /// be others, and a plugin that uses another one without saying so.</summary>
    void CheckFolder(InspectedPlugin plugin)
    {
        var required = Of(plugin).Select(one => one.Name).ToHashSet(sameName);
        var files = FolderTree.Files(plugin.Folder.Path).Select(Path.GetFileName).ToHashSet(sameName);
        foreach (var name in required.Where(name => files.Contains($"{name}.dll")).Order(StringComparer.Ordinal))
            problems.Add($"plugin {plugin.Name} ships its own {name}.dll, which must be that of plugin {name}",
                plugin.Folder.Path, $"add Private=\"false\" to the reference to {name} in {plugin.Name}.csproj "
                    + "(a <ProjectReference> also needs ExcludeAssets=\"runtime;native\"), "
                    + "and build into an empty folder");
        foreach (var (name, _) in plugin.Assembly.References)
            if (!required.Contains(name) && !files.Contains($"{name}.dll") && !sameName.Equals(name, plugin.Name)
                && byName.TryGetValue(name, out var used))
                problems.Add($"plugin {plugin.Name} uses plugin {name} and does not say so", plugin.Folder.Assembly,
                    $"add [assembly: {nameof(RequiresPluginAttribute)[..^"Attribute".Length]}(\"{name}\", "
                        + $"\"{used.Assembly.Version.Split('+')[0]}\")] to its code");
    }
}
