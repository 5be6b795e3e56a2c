using Rils.Configuration;

namespace Rils.Runs;

/// <summary>Lists the values of an experiment's tables by their paths: <c>data.batch</c>,
/// <c>head[0].kind</c>.</summary>
public static class FlatValues
{
    /// <summary>Adds all values at and below a node.</summary>
    /// <param name="path">The node's path; for a table whose keys follow at once an empty path or one with a dot at its
    /// end.</param>
    /// <param name="node">A table, an array or a value.</param>
    /// <param name="values">The dictionary that takes the values, as TOML writes them.</param>
    public static void Add(string path, TomlNode node, IDictionary<string, string> values)
    {
        if (node is TableNode table)
        {
            var prefix = path.Length == 0 || path.EndsWith('.') ? path : $"{path}.";
            foreach (var entry in table.Entries) Add(prefix + entry.Key, entry.Value, values);
        }
        else if (node is ArrayNode array)
            foreach (var (index, item) in array.Items.Index()) Add($"{path}[{index}]", item, values);
        else values[path] = node.Whole;
    }
}
