namespace Rils.Configuration;

/// <summary>A table: keys in the order in which they were written.</summary>
public sealed class TableNode(SourceSpan span) : TomlNode(span)
{
    readonly OrderedDictionary<string, TomlEntry> entries = new(StringComparer.Ordinal);

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<TomlEntry> Entries => entries.Values;

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<string> Keys => entries.Keys;

    /// <summary>The value of a key, or null.</summary>
    public TomlNode? this[string key] => entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>The entry of a key, if there is one.</summary>
    public bool TryGet(string key, out TomlEntry entry) => entries.TryGetValue(key, out entry);

    /// <summary>The value of a key if it is a string; null otherwise.</summary>
    public string? Text(string key) => (this[key] as ScalarNode)?.Value as string;

    /// <summary>The tables of a list; none where a key is no such list.</summary>
    public IEnumerable<TableNode> List(string key) => (this[key] as ArrayNode)?.Items.OfType<TableNode>() ?? [];

    /// <summary>Adds a key, or gives an existing one another value.</summary>
    public void Set(string key, SourceSpan keySpan, TomlNode value) => entries[key] = new TomlEntry(key, keySpan, value);

    /// <summary>Removes a key, if it is there.</summary>
    public void Remove(string key) => entries.Remove(key);

    /// <inheritdoc/>
    public override TableNode Copy() => CopyTo(new TableNode(Span));

    /// <summary>Adds deep copies of all entries to another table.</summary>
    internal TableNode CopyTo(TableNode target)
    {
        foreach (var entry in entries.Values)
            target.Set(entry.Key, entry.KeySpan, entry.Value.Copy());
        return target;
    }

    /// <inheritdoc/>
    public override bool SameAs(TomlNode other) =>
        other is TableNode table
        && table.entries.Count == entries.Count
        && entries.Values.All(entry => table[entry.Key] is { } value && entry.Value.SameAs(value));

    /// <inheritdoc/>
    public override string ToString() => "a table";
}
