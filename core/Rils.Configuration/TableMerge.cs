namespace Rils.Configuration;

/// <summary>The rules by which a table is merged over another.</summary>
static class TableMerge
{
    /// <summary>Merges <paramref name="above"/> over <paramref name="below"/>, key by key. A table whose <c>kind</c>
    /// changes, an array and a value replace the old ones whole; <c>[data]</c> then keeps the keys and tables that any
    /// source has. <c>"none"</c> in place of a table or of an array of tables drops it.</summary>
    /// <returns>A new table, which shares no node with either.</returns>
    public static TableNode Merge(TableNode below, TableNode above)
    {
        // The merged table has the place of a file, where one of the two has it, so that messages point to a file.
        var merged = below.CopyTo(new TableNode(above.Span.IsSet ? below.Span : above.Span));
        foreach (var entry in above.Entries)
            Put(merged, entry);
        return merged;
    }

    /// <summary>Merges one entry into a table, in place.</summary>
    public static void Put(TableNode table, TomlEntry entry)
    {
        var below = table[entry.Key];
        if (entry.Value.IsNone && below is (TableNode or ArrayNode { HoldsTables: true }))
            table.Remove(entry.Key);
        else if (below is TableNode old && entry.Value is TableNode young
            && (entry.Key == EngineTables.Data || !KindChanges(old, young)))
            table.Set(entry.Key, entry.KeySpan, Merge(KindChanges(old, young) ? OfAnySource(old) : old, young));
        else
            table.Set(entry.Key, entry.KeySpan, entry.Value.Copy());
    }

    static TableNode OfAnySource(TableNode data)
    {
        var kept = new TableNode(data.Span);
        foreach (var entry in data.Entries.Where(entry => EngineTables.IsOfAnySource(entry.Key)))
            kept.Set(entry.Key, entry.KeySpan, entry.Value);
        return kept;
    }

    static bool KindChanges(TableNode below, TableNode above) =>
        below["kind"] is { } old && above["kind"] is { } young && !old.SameAs(young);
}
