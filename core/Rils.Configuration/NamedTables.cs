namespace Rils.Configuration;

/// <summary>Lists of tables that are known by name: <c>[[objective]]</c>, <c>[[head]]</c>.</summary>
public static class NamedTables
{
    /// <summary>The name of a table of a list: its <c>name</c>, or its <c>kind</c>; null if it has neither.</summary>
    public static string? NameOf(TableNode table) => table.Text("name") ?? table.Text("kind");

    /// <summary>Reports a list that is no list of tables, or in which two have the same name.</summary>
    internal static void Check(TableNode owner, string key, Problems problems)
    {
        CheckShape(owner, key, problems);
        if (owner[key] is not ArrayNode array)
            return;
        var named = array.Items.Cast<TableNode>().Where(table => NameOf(table) is not null).GroupBy(table => NameOf(table)!);
        foreach (var table in array.Items.Cast<TableNode>()
            .Where(table => table.Text("name") is { Length: > ExperimentName.MaxLength }))
            problems.Add(table["name"]!.Span,
                $"[[{key}]]: its name has {table.Text("name")!.Length} characters: give it at most {ExperimentName.MaxLength}, since results are told by it");
        foreach (var group in named)
            foreach (var table in group.Skip(1))
                problems.Add(table.Span, $"[[{key}]]: two are called `{group.Key}`; give one a `name`");
    }

    /// <summary>Takes out a key that is no list of tables, and reports it unless it is <c>"none"</c>, so that what stays is one.</summary>
    internal static void CheckShape(TableNode owner, string key, Problems problems)
    {
        if (!owner.TryGet(key, out var entry) || entry.Value is ArrayNode array && array.Items.All(item => item is TableNode))
            return;
        if (!entry.Value.IsNone)
            problems.Add(entry.KeySpan, $"`{key}` is a list of tables, not {Found(entry.Value)}: write [[{key}]]");
        owner.Remove(key);
    }

    static string Found(TomlNode node) => node is ArrayNode ? "an array of other things" : node.ToString();
}
