namespace Rils.Configuration;

/// <summary>Lists of tables that have names: <c>[[objective]]</c>, <c>[[head]]</c>.</summary>
public static class NamedTables
{
    /// <summary>The name of a table in a list: its <c>name</c>, or its <c>kind</c> without a plugin before it
    /// (<c>lion</c> for <c>alice/lion</c>); null where it has neither.</summary>
    public static string? NameOf(TableNode table) => table.Text("name") ?? table.Text("kind")?.Split('/')[^1];

    /// <summary>Reports a list that is no list of tables, a name that is too long, and a name that two tables
    /// have.</summary>
    internal static void Check(TableNode owner, string key, Problems problems)
    {
        CheckShape(owner, key, problems);
        if (owner[key] is not ArrayNode array)
            return;
        TableNode[] tables = [.. array.Items.Cast<TableNode>()];
        foreach (var table in tables)
            if (table.Text("name") is { Length: > ExperimentName.MaxLength and var length })
                problems.Add(table["name"]!.Span, $"[[{key}]]: its name has {length} characters: "
                    + $"give it at most {ExperimentName.MaxLength}, since results carry it");
        foreach (var group in tables.Where(table => NameOf(table) is not null).GroupBy(table => NameOf(table)!))
            foreach (var table in group.Skip(1))
                problems.Add(table.Span, $"[[{key}]]: two are called `{group.Key}`; give one a `name`");
    }

    /// <summary>Removes a key that is no list of tables, and reports it unless its value is <c>"none"</c>. A key that
    /// stays is a list of tables.</summary>
    internal static void CheckShape(TableNode owner, string key, Problems problems)
    {
        if (!owner.TryGet(key, out var entry)
            || entry.Value is ArrayNode array && array.Items.All(item => item is TableNode))
            return;
        if (!entry.Value.IsNone)
            problems.Add(entry.KeySpan, $"`{key}` is a list of tables, not {Found(entry.Value)}: write [[{key}]]");
        owner.Remove(key);
    }

    static string Found(TomlNode node) => node is ArrayNode ? "an array of other things" : node.ToString();
}
