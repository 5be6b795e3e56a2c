namespace Rils.Configuration;

/// <summary>The rules by which one table is laid over another.</summary>
static class TableMerge
{
    /// <summary>
    /// Lays <paramref name="above"/> over <paramref name="below"/>: tables merge key by key; a table whose <c>kind</c> changes is replaced
    /// whole, and so are arrays and values; <c>"none"</c> in place of a table, or of an array of tables, drops it.
    /// </summary>
    /// <returns>A new table that shares no node with either.</returns>
    public static TableNode Merge(TableNode below, TableNode above)
    {
        // A message about the merged table points to a file when one has it.
        var merged = below.CopyTo(new TableNode(above.Span.IsSet ? below.Span : above.Span));
        foreach (var entry in above.Entries)
            Put(merged, entry);
        return merged;
    }

    /// <summary>Lays one entry over a table, in place.</summary>
    public static void Put(TableNode table, TomlEntry entry)
    {
        var below = table[entry.Key];
        if (entry.Value.IsNone && below is (TableNode or ArrayNode { HoldsTables: true }))
            table.Remove(entry.Key);
        else if (below is TableNode old && entry.Value is TableNode young && !KindChanges(old, young))
            table.Set(entry.Key, entry.KeySpan, Merge(old, young));
        else
            table.Set(entry.Key, entry.KeySpan, entry.Value.Copy());
    }

    static bool KindChanges(TableNode below, TableNode above) =>
        below["kind"] is { } old && above["kind"] is { } young && !old.SameAs(young);
}
