using Rils.Configuration;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Writes the full name of each kind into an experiment: a resolved experiment means the same where another
/// plugin has a kind of the same name.</summary>
static class FullKinds
{
    /// <summary>Changes the names in place. A name that no plugin or several plugins have stays, and is reported where
    /// its table is bound.</summary>
    public static void Write(ExperimentTree tree, PluginRegistry registry)
    {
        foreach (var tables in tree.Arms.Select(arm => arm.Tables).Append(tree.Shared).Append(tree.Root))
            Write(tables, "", registry);
    }

    static void Write(TableNode tables, string path, PluginRegistry registry)
    {
        foreach (var entry in tables.Entries)
            foreach (var table in TablesOf(entry.Value))
            {
                var name = $"{path}{entry.Key}";
                if (table.Text("kind") is { } written && registry.Find(name, written)?.Name is { } full
                    && full != written && table.TryGet("kind", out var kind))
                    table.Set("kind", kind.KeySpan, new ScalarNode(kind.Value.Span, full));
                Write(table, $"{name}.", registry);
            }
    }

    static IEnumerable<TableNode> TablesOf(TomlNode value) =>
        value is ArrayNode array ? array.Items.OfType<TableNode>() : new[] { value }.OfType<TableNode>();
}
