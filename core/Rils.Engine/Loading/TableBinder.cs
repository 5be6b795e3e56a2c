using Rils.Engine.Experiments;
using Rils.Engine.Plugins;

namespace Rils.Engine.Loading;

/// <summary>Finds a table's kind and binds its options; every mistake becomes a problem.</summary>
sealed class TableBinder(PluginRegistry registry, Problems problems)
{
    static readonly IReadOnlySet<string> KindKey = new HashSet<string> { "kind" };

    /// <summary>Binds a table of a slot or of a component with kinds.</summary>
    /// <param name="node">What stands in the file.</param>
    /// <param name="table">The registry's name of the table: <c>masking</c>, <c>data.tokenizer</c>.</param>
    /// <param name="where">Its name in messages.</param>
    /// <param name="others">Further keys of the table, which somebody else binds.</param>
    /// <returns>Null if there was a mistake.</returns>
    public BoundTable? Bind(TomlNode node, string table, string where, params IEnumerable<string> others)
    {
        if (node is not TableNode values)
        {
            problems.Add(node.Span, $"{where} is {node}: it must be a table, as in {table} = {{ kind = \"...\" }}");
            return null;
        }
        if (FindKind(values, table, where) is not { } entry) return null;
        var options = OptionsBinder.Bind(entry.Options, values, where, problems, KindKey.Concat(others).ToHashSet());
        return options is null ? null : new(where, values.Span, entry, options);
    }

    /// <summary>The part of a table that the engine binds, beside its kind's options.</summary>
    public T? BindShared<T>(TableNode values, string where, Type? kindOptions, params IEnumerable<string> others) where T : class
    {
        var keys = kindOptions is null ? [] : OptionProperty.Of(kindOptions).Select(property => property.Key);
        return OptionsBinder.Bind<T>(values, where, problems, KindKey.Concat(keys).Concat(others).ToHashSet());
    }

    public static IEnumerable<string> KeysOf<T>() => OptionProperty.Of(typeof(T)).Select(property => property.Key);

    KindEntry? FindKind(TableNode values, string table, string where)
    {
        if (registry.Find(table, null) is { } single) return single;
        var kinds = registry.Kinds(table);
        if (values.TryGet("kind", out var given) && values.Text("kind") is null)
            problems.Add(given.Value.Span, $"`kind` in {where} is {given.Value}: it must be a string. Kinds: {string.Join(", ", kinds)}.");
        else if (values.Text("kind") is { } kind)
        {
            if (registry.Find(table, kind) is { } entry) return entry;
            problems.Add(given.Value.Span, $"unknown kind `{kind}` in {where}{Nearest.Hint(kind, kinds, ".")} Kinds: {string.Join(", ", kinds)}.");
        }
        else if (kinds.Count == 1)
        {
            // Into the resolved file too: there it must mean the same when a plugin has brought another kind.
            values.Set("kind", values.Span, new ScalarNode(values.Span, kinds[0]));
            return registry.Find(table, kinds[0]);
        }
        else problems.Add(values.Span, $"missing key `kind` in {where}. Kinds: {string.Join(", ", kinds)}.");
        return null;
    }
}
