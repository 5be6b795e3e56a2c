namespace Rils.Configuration;

/// <summary>An array, or an array of tables.</summary>
public sealed class ArrayNode(SourceSpan span, IReadOnlyList<TomlNode> items) : TomlNode(span)
{
    /// <summary>The items, in order.</summary>
    public IReadOnlyList<TomlNode> Items { get; } = items;

    /// <summary>Whether there are items and all items are tables, as in <c>[[objective]]</c>.</summary>
    public bool HoldsTables => Items.Count > 0 && Items.All(item => item is TableNode);

    /// <inheritdoc/>
    internal override string Whole => $"[{string.Join(", ", Items.Select(item => item.Whole))}]";

    /// <inheritdoc/>
    public override ArrayNode Copy() => new(Span, [.. Items.Select(item => item.Copy())]);

    /// <inheritdoc/>
    public override bool SameAs(TomlNode other) =>
        other is ArrayNode array
        && array.Items.Count == Items.Count
        && Items.Zip(array.Items).All(pair => pair.First.SameAs(pair.Second));

    /// <inheritdoc/>
    public override string ToString() => "an array";
}
