using Rils.Cli.Exits;
using Rils.Configuration;
using Rils.Engine.Plugins;

namespace Rils.Cli.Rendering;

/// <summary>Prints the kinds of an experiment's tables, with all keys that they take.</summary>
static class KeyTables
{
    /// <summary>A section of the output of <c>rils plugins NAME</c>: a table or one of its kinds.</summary>
    /// <param name="Table">The table's name in the file; empty for the root of the file.</param>
    /// <param name="Kind">The kind; null for a table without kinds.</param>
    /// <param name="Name">The kind's full name.</param>
    /// <param name="Plugin">The name of the plugin that registered the kind.</param>
    /// <param name="Options">The type of the options, whose properties are the keys.</param>
    readonly record struct Section(string Table, string? Kind, string? Name, string Plugin, Type Options)
    {
        public string Title => Table.Length == 0 ? "the root of the file" : Kind is null ? EngineTables.Header(Table)
            : $"{EngineTables.Header(Table)} kind = \"{Name}\"";
    }

    /// <summary>Prints the tables and kinds that a name stands for: the name of a table, a kind or a plugin.</summary>
    /// <exception cref="UsageException">No table, kind or plugin has the name.</exception>
    public static void Write(Terminal terminal, PluginRegistry registry, string name)
    {
        Section[] all =
        [
            .. EngineTables.All.Select(table =>
                new Section(table.Table, null, null, PluginRegistry.Engine, table.Options)),
            .. registry.Entries.Select(entry =>
                new Section(entry.Table, entry.Kind, entry.Name, entry.Plugin, entry.Options)),
        ];
        var table = name.Trim('[', ']');
        Section[] meant = [.. all.Where(section =>
            section.Kind == name || section.Name == name || section.Plugin == name
            || section.Table.Length > 0 && (section.Table == table
                || section.Table.StartsWith($"{table}.", StringComparison.Ordinal)))];
        if (meant.Length == 0) throw Unknown(name, registry);
        foreach (var section in meant) Write(terminal, section, registry);
    }

    static void Write(Terminal terminal, Section section, PluginRegistry registry)
    {
        terminal.Output.WriteLine($"{section.Title}  ({section.Plugin})");
        if (OptionKey.Summary(section.Options) is { Length: > 0 } summary) terminal.Output.WriteLine(summary);
        var keys = OptionKey.Of(section.Options);
        var table = Tables.New(terminal.IsPlain, "key", "takes", "default", "is");
        foreach (var key in keys) table.Add(key.Key, Takes(key, registry), key.Default, key.Description);
        if (keys.Count > 0) terminal.Write(table);
        terminal.Output.WriteLine();
    }

    /// <summary>The values of a key; a key that names kinds says of which table.</summary>
    static string Takes(OptionKey key, PluginRegistry registry)
    {
        var kind = registry.Entries.FirstOrDefault(entry => entry.Slot?.IsAssignableFrom(key.Wraps) == true);
        return kind is null ? key.Takes
            : key.Takes.Replace("a kind", $"a kind of [{kind.Table}]", StringComparison.Ordinal);
    }

    static UsageException Unknown(string name, PluginRegistry registry)
    {
        string[] tables = [.. EngineTables.All.Select(table => table.Table).Where(table => table.Length > 0)
            .Concat(registry.Tables).Distinct().Order(StringComparer.Ordinal)];
        string[] kinds = [.. registry.Entries.Select(entry => entry.Name).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal)];
        var hint = Nearest.Name(name, [.. tables, .. kinds]) is { } near ? $"; did you mean `{near}`?" : ".";
        return new($"no table, kind or plugin is called `{name}`{hint} "
            + $"Tables: {string.Join(", ", tables)}. Kinds: {string.Join(", ", kinds)}.");
    }
}
