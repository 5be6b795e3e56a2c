using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>Reports the tables, kinds and systems that cannot be told apart. Plugins other than this project's own may
/// register one kind, since a file can name the plugin, and systems of one name.</summary>
sealed class RegistryClashes(PluginRegistry registry, ILookup<string, string> folders, PluginProblems problems)
{
    public void Report()
    {
        foreach (var same in registry.Entries.GroupBy(entry => (entry.Table, entry.Name))
            .Where(same => same.Count() > 1))
            Add(same.First().Title, same.Select(entry => entry.Plugin),
                same.Key.Name is null ? "the table" : "the kind");
        foreach (var same in registry.Systems.GroupBy(system => system.Name))
            foreach (var clash in same.Any(system => SystemDefinition.IsOurs(system.Origin))
                ? [[.. same]] : same.GroupBy(system => system.Origin).Select(own => own.ToArray()))
                if (clash.Length > 1)
                    Add($"the system \"{same.Key}\"", clash.Select(system => system.Origin), "it");
        foreach (var table in registry.Entries.GroupBy(entry => entry.Table))
            if (table.Any(entry => entry.Kind is null) && table.Any(entry => entry.Kind is not null))
                Add($"[{table.Key}], once without kinds and once with kinds", table.Select(entry => entry.Plugin),
                    "the table");
    }

    /// <summary>The plugins that the reader can edit: other than this project's own, where there are any.</summary>
    static string Editable(string[] plugins) =>
        plugins.Where(plugin => !SystemDefinition.IsOurs(plugin)).ToArray() is { Length: > 0 } others
            && others.Length < plugins.Length ? string.Join(" and ", others) : "one of the plugins";

    /// <param name="claimed">The table, kind or system.</param>
    /// <param name="claimants">The plugins that register it.</param>
    /// <param name="renamed">The table, kind or system as the fix names it.</param>
    void Add(string claimed, IEnumerable<string> claimants, string renamed)
    {
        var names = claimants.Distinct().Order(StringComparer.Ordinal).ToArray();
        var where = string.Join(" and ", names.SelectMany(name => folders[name]));
        if (names.Length == 1)
            problems.Add($"plugin {names[0]} registers twice {claimed}", where, "remove one registration");
        else
            problems.Add($"plugins {string.Join(" and ", names)} both register {claimed}", where,
                $"rename {renamed} in {Editable(names)}, or leave one out of --plugins");
    }
}
