using CsCheck;
using Rils.Configuration;
using Tomlyn;

namespace Rils.Tests.Engine.Experiments;

/// <summary>Random tables.</summary>
static class TomlGen
{
    static readonly SourceSpan At = new("random.toml", 1, 1);

    static readonly Gen<TomlNode> Scalar = Gen.OneOf(
        Gen.Long.Select(value => (object)value),
        Gen.Double.Select(value => (object)value),
        One<object>(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, 1.0,
            1e300, 5e-324, long.MinValue),
        Gen.Bool.Select(value => (object)value),
        Text.Select(value => (object)value),
        One<object>(new TomlDateTime(2024, 1, 2), new TomlDateTime(new DateTime(2024, 1, 2, 3, 4, 5)))).Select(Node);

    /// <summary>Any text that UTF-8 can hold, quotes, line breaks and brackets at line starts among it.</summary>
    public static Gen<string> Text => Gen.OneOf(
        Gen.String[Gen.Char["abc-_.+ \"'\\\n\r\t[]{}=#\u0001\u007fé\u2028"], 0, 12],
        One("", "none", "\n[x]\n", "true", "1", "\U0001F600", "C:\\x\\u0041"));

    static readonly Gen<string> Key = Gen.OneOf(
        One("kind", "name", "ratio", "weight", "a.b", "x y", "", "ключ", "\"", "\n"),
        Gen.String[Gen.Char["abc"], 1, 3]);

    /// <summary>A table of anything that TOML holds.</summary>
    public static Gen<TableNode> Table(int depth) =>
        Gen.Select(Key, Value(depth)).Array[0, 4].Select(pairs => Make(pairs));

    /// <summary>A table in which each key is always a table, or never is: what layers of one experiment look
    /// like.</summary>
    public static Gen<TableNode> Layer { get; } = Layered(2);

    static Gen<TomlNode> Value(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (4, Scalar),
            (2, Table(depth - 1).Select(table => (TomlNode)table)),
            (1, Table(depth - 1).Array[0, 3].Select(tables => (TomlNode)new ArrayNode(At, tables))),
            (1, Value(depth - 1).Array[0, 3].Select(items => (TomlNode)new ArrayNode(At, items))));

    static Gen<TableNode> Layered(int depth)
    {
        var values = Gen.Select(One("a", "b", "c"), Gen.OneOf(
            Gen.Int[0, 9].Select(value => Node((long)value)),
            Gen.Int[0, 9].Array[0, 2]
                .Select(items => (TomlNode)new ArrayNode(At, [.. items.Select(item => Node((long)item))]))));
        if (depth == 0)
            return values.Array[0, 3].Select(pairs => Make(pairs));
        var tables = Gen.Select(One("t", "u"), Layered(depth - 1).Select(table => (TomlNode)table));
        return Gen.OneOf(values, tables).Array[0, 5].Select(pairs => Make(pairs));
    }

    static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static TomlNode Node(object value) => new ScalarNode(At, value);

    static TableNode Make((string Key, TomlNode Value)[] pairs)
    {
        var table = new TableNode(At);
        foreach (var (key, value) in pairs)
            table.Set(key, At, value);
        return table;
    }
}
