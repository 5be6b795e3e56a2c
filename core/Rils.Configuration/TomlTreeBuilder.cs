using Tomlyn.Syntax;

namespace Rils.Configuration;

/// <summary>Turns Tomlyn's syntax tree into values with places. A broken tree gives the values that it has.</summary>
/// <remarks>
/// The builder also finds keys that are given twice. Tomlyn 2.10's own validation is no help: it takes
/// <c>target = "none"</c> in an <c>[[arm]]</c> for a repetition of <c>[arm.target]</c> in the arm before.
/// </remarks>
/// <param name="place">Turns a position, counted from 0, into the place of a node.</param>
/// <param name="problems">The list that takes repetitions, and nesting beyond the limit.</param>
sealed class TomlTreeBuilder(Func<TextPosition, SourceSpan> place, Problems problems)
{
    /// <summary>The deepest nesting that is read: deeper files are mistakes, and recursion over them would end the
    /// process.</summary>
    public const int MaxDepth = 32;

    /// <summary>The tables by their origin, which decides what may add to them. Inline tables are closed and in none of
    /// the sets.</summary>
    readonly HashSet<TableNode> implied = [], headed = [], dotted = [];
    readonly HashSet<ArrayNode> headedArrays = [];

    /// <summary>Adds everything in a document to a table.</summary>
    public void Fill(TableNode root, DocumentSyntax document)
    {
        foreach (var pair in document.KeyValues)
            Add(root, pair, depth: 0);
        foreach (var header in document.Tables)
        {
            var path = Path(header.Name);
            if (path.Count == 0 || IsTooDeep(path.Count, path[0].At))
                continue;
            // The keys below a header that repeats another are read too, to find mistakes among them.
            var table =
                Open(root, path, place(header.Span.Start), header is TableArraySyntax) ?? new TableNode(path[^1].At);
            foreach (var pair in header.Items)
                Add(table, pair, path.Count);
        }
    }

    /// <summary>Makes a value; null where the syntax is broken or too deep.</summary>
    public TomlNode? Node(ValueSyntax? value, int depth)
    {
        if (value is null || IsTooDeep(depth, place(value.Span.Start)))
            return null;
        var at = place(value.Span.Start);
        switch (value)
        {
            case StringValueSyntax text: return new ScalarNode(at, text.Value ?? "");
            case IntegerValueSyntax integer: return new ScalarNode(at, integer.Value);
            case FloatValueSyntax number: return new ScalarNode(at, number.Value);
            case BooleanValueSyntax flag: return new ScalarNode(at, flag.Value);
            case DateTimeValueSyntax date: return new ScalarNode(at, date.Value);
            case ArraySyntax array:
                return new ArrayNode(
                    at, [.. array.Items.Select(item => Node(item.Value, depth + 1)).OfType<TomlNode>()]);
            case InlineTableSyntax inline:
                var table = new TableNode(at);
                foreach (var item in inline.Items)
                    Add(table, item.KeyValue, depth);
                return table;
            default: return null;
        }
    }

    void Add(TableNode table, KeyValueSyntax? pair, int depth)
    {
        var path = Path(pair?.Key);
        if (path.Count == 0 || IsTooDeep(depth + path.Count, path[0].At)
            || Node(pair!.Value, depth + path.Count) is not { } value)
            return;
        for (var i = 0; i < path.Count - 1; i++)
        {
            var there = table[path[i].Key];
            if (there is not null && !(there is TableNode below && dotted.Contains(below)))
            {
                Repeats(table, path, i);
                return;
            }
            table = (TableNode?)there ?? Make(table, path[i], path[i].At, dotted);
        }
        var (key, at) = path[^1];
        if (table[key] is null)
            table.Set(key, at, value);
        else
            Repeats(table, path, path.Count - 1);
    }

    /// <summary>The table of a header; null where the path, or a part of it, already holds something else.</summary>
    TableNode? Open(TableNode table, List<(string Key, SourceSpan At)> path, SourceSpan at, bool isItem)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            var next = table[path[i].Key] switch
            {
                null => Make(table, path[i], path[i].At, implied),
                TableNode below when implied.Contains(below) || headed.Contains(below) || dotted.Contains(below) =>
                    below,
                ArrayNode array when headedArrays.Contains(array) => (TableNode)array.Items[^1],
                _ => Repeats(table, path, i),
            };
            if (next is null)
                return null;
            table = next;
        }
        return table[path[^1].Key] switch
        {
            null when isItem => MakeItem(table, path[^1], at),
            null => Make(table, path[^1], at, headed),
            ArrayNode array when isItem && headedArrays.Contains(array) => AddItem((List<TomlNode>)array.Items, at),
            TableNode below when !isItem && implied.Remove(below) && headed.Add(below) => below,
            _ => Repeats(table, path, path.Count - 1),
        };
    }

    static TableNode Make(TableNode parent, (string Key, SourceSpan At) part, SourceSpan at, HashSet<TableNode> origin)
    {
        var made = new TableNode(at);
        origin.Add(made);
        parent.Set(part.Key, part.At, made);
        return made;
    }

    TableNode MakeItem(TableNode parent, (string Key, SourceSpan At) part, SourceSpan at)
    {
        var items = new List<TomlNode>();
        var array = new ArrayNode(at, items);
        headedArrays.Add(array);
        parent.Set(part.Key, part.At, array);
        return AddItem(items, at);
    }

    TableNode AddItem(List<TomlNode> items, SourceSpan at)
    {
        var item = new TableNode(at);
        headed.Add(item);
        items.Add(item);
        return item;
    }

    TableNode? Repeats(TableNode table, List<(string Key, SourceSpan At)> path, int part)
    {
        table.TryGet(path[part].Key, out var first);
        var name = string.Join('.', path.Take(part + 1).Select(each => each.Key));
        problems.Add(path[part].At, $"`{name}` is already given, at {first.KeySpan.Line}:{first.KeySpan.Column}");
        return null;
    }

    List<(string Key, SourceSpan At)> Path(KeySyntax? key)
    {
        if (key?.Key is null)
            return [];
        var parts = new List<(string, SourceSpan)> { (Name(key.Key), place(key.Key.Span.Start)) };
        foreach (var dotted in key.DotKeys)
            if (dotted.Key is { } part)
                parts.Add((Name(part), place(part.Span.Start)));
        return parts;
    }

    static string Name(BareKeyOrStringValueSyntax key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax text => text.Value ?? "",
        _ => "",
    };

    bool IsTooDeep(int depth, SourceSpan at)
    {
        if (depth <= MaxDepth)
            return false;
        problems.Add(at, $"nested more than {MaxDepth} deep");
        return true;
    }
}
