using Rils.Configuration;

namespace Rils.Runs;

/// <summary>The values of an experiment's tables by their paths: <c>data.batch</c>, <c>head[0].kind</c>.</summary>
public static class FlatValues
{
    /// <summary>Adds all values at and below a node.</summary>
    /// <param name="path">The node's; empty or ending with a dot for a table whose keys follow at once.</param>
    /// <param name="node">A table, an array or a value.</param>
    /// <param name="values">Takes them, as they are written in TOML.</param>
    public static void Add(string path, TomlNode node, IDictionary<string, string> values)
    {
        if (node is TableNode table)
            foreach (var entry in table.Entries) Add(path.Length == 0 || path.EndsWith('.') ? path + entry.Key : $"{path}.{entry.Key}", entry.Value, values);
        else if (node is ArrayNode array)
            foreach (var (index, item) in array.Items.Index()) Add($"{path}[{index}]", item, values);
        else values[path] = ((ScalarNode)node).Whole;
    }
}
