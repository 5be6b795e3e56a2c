namespace Rils.Configuration;

/// <summary>A table: keys in the order in which they were written.</summary>
public sealed class TableNode(SourceSpan span) : TomlNode(span)
{
    readonly OrderedDictionary<string, TomlEntry> entries = new(StringComparer.Ordinal);

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<TomlEntry> Entries => entries.Values;

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<string> Keys => entries.Keys;

    /// <summary>The value of a key; null for a key that the table lacks.</summary>
    public TomlNode? this[string key] => entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>Gets the entry of a key; false for a key that the table lacks.</summary>
    public bool TryGet(string key, out TomlEntry entry) => entries.TryGetValue(key, out entry);

    /// <summary>The value of a key that is a string; null otherwise.</summary>
    public string? Text(string key) => (this[key] as ScalarNode)?.Value as string;

    /// <summary>The tables of a list; empty for a key that is no list of tables.</summary>
    public IEnumerable<TableNode> List(string key) => (this[key] as ArrayNode)?.Items.OfType<TableNode>() ?? [];

    /// <summary>Adds a key, or replaces the value of an existing one.</summary>
    public void Set(string key, SourceSpan keySpan, TomlNode value) =>
        entries[key] = new TomlEntry(key, keySpan, value);

    /// <summary>Removes a key, where the table has it.</summary>
    public void Remove(string key) => entries.Remove(key);

    /// <inheritdoc/>
    internal override string Whole
    {
        get
        {
            var sorted = Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);
            return $"{{ {string.Join(", ", sorted.Select(entry => $"{entry.Key} = {entry.Value.Whole}"))} }}";
        }
    }

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
