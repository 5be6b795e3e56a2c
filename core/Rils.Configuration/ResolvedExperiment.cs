using Tomlyn;
using Tomlyn.Model;

namespace Rils.Configuration;

/// <summary>Writes an experiment after merging, for the run folder.</summary>
/// <remarks>
/// The text reads back to an equal tree. Binding by <see cref="OptionsBinder"/> makes the paths of the tree absolute,
/// so
/// a tree that is written after binding gives the same experiment in any folder.
/// </remarks>
public static class ResolvedExperiment
{
    const string Header = "# The experiment as it ran: bases, overrides and arms are worked out, paths are absolute.\n";
    static readonly TomlSerializerOptions Options = new() { NewLine = TomlNewLineKind.Lf };

    /// <summary>Writes the tree as TOML, every arm with all of its tables.</summary>
    public static string Write(ExperimentTree tree)
    {
        var root = Table(tree.Root, inline: false);
        var arms = new TomlTableArray();
        foreach (var arm in tree.Arms)
        {
            var table = new TomlTable { ["name"] = arm.Name };
            Fill(table, arm.Tables, inline: false);
            arms.Add(table);
        }
        root["arm"] = arms;
        // The serializer escapes line breaks in strings, so a line that starts with a bracket is a header.
        return Header + TomlSerializer.Serialize(root, Options).Replace("\n\n[", "\n[").Replace("\n[", "\n\n[");
    }

    static TomlTable Table(TableNode node, bool inline)
    {
        var table = new TomlTable(inline);
        Fill(table, node, inline);
        return table;
    }

    static void Fill(TomlTable table, TableNode node, bool inline)
    {
        foreach (var entry in node.Entries)
            table[entry.Key] = Value(entry.Value, inline);
    }

    /// <param name="node">The value.</param>
    /// <param name="inline">Whether the value stands inside an array, where TOML allows no header.</param>
    static object Value(TomlNode node, bool inline)
    {
        switch (node)
        {
            case ScalarNode scalar: return scalar.Value;
            case TableNode table: return Table(table, inline);
            case ArrayNode { HoldsTables: true } array when !inline:
                var tables = new TomlTableArray();
                foreach (var item in array.Items)
                    tables.Add(Table((TableNode)item, inline: false));
                return tables;
            default:
                var values = new TomlArray();
                foreach (var item in ((ArrayNode)node).Items)
                    values.Add(Value(item, inline: true));
                return values;
        }
    }
}
