using System.Reflection;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Finds a table's kind and binds its options; every mistake becomes a problem.</summary>
sealed class TableBinder(PluginRegistry registry, OptionAddresses addresses, Problems problems)
{
    /// <summary>The end of a message about a kind or table that no plugin registered.</summary>
    public const string PluginHint = "If a plugin brings it, name the plugin's folder by --plugins DIR.";

    static readonly IReadOnlySet<string> KindKey = new HashSet<string> { "kind" };

    /// <summary>Binds a table of a slot or of a component with kinds.</summary>
    /// <param name="node">The node in the file.</param>
    /// <param name="table">The registry's name of the table: <c>masking</c>, <c>data.tokenizer</c>.</param>
    /// <param name="where">The table's name in messages.</param>
    /// <param name="others">Further keys of the table, which are bound elsewhere.</param>
    /// <returns>The bound table; null after a mistake.</returns>
    public BoundTable? Bind(TomlNode node, string table, string where, params IEnumerable<string> others) =>
        Bind(node, table, where, table, others);

    BoundTable? Bind(TomlNode node, string table, string where, string key, IEnumerable<string> others)
    {
        if (node is not TableNode values)
        {
            problems.Add(node.Span, $"{where} is {node}: it must be a table, as in {key} = {{ kind = \"...\" }}");
            return null;
        }
        if (FindKind(values, table, where) is not { } entry) return null;
        var options = OptionsBinder.Bind(
            entry.Options, values, where, problems, (entry.Kind is null ? others : KindKey.Concat(others)).ToHashSet(),
            unknown => addresses.Elsewhere(unknown, table), wraps: Wrap);
        return options is null ? null : new(where, values.Span, entry, options, values);
    }

    /// <summary>Binds a property that names a kind of a slot, and writes the kind's full name into the table.</summary>
    object? Wrap(Type wrapped, string key, TomlNode node, string where)
    {
        var (context, contract) = (wrapped.GetGenericArguments()[0], wrapped.GetGenericArguments()[1]);
        if (registry.Slots.All.FirstOrDefault(slot => slot.Context == context && contract.IsAssignableTo(slot.Contract))
            is not { } slot)
        {
            problems.Add(node.Span, $"{where} cannot come from a file: no slot has {contract.Name} made of "
                + $"{context.Name}; tell the plugin's author");
            return null;
        }
        if (Bind(node, slot.Table, where, key, []) is not { } bound) return null;
        if (bound.Entry.Make is null)
        {
            problems.Add(node.Span,
                $"{where} of kind {bound.Entry.Name} is the work of systems, which no other kind can hold");
            return null;
        }
        if (bound.Entry.Name is { } full && bound.Values.TryGet("kind", out var kind))
            bound.Values.Set("kind", kind.KeySpan, new ScalarNode(kind.Value.Span, full));
        Func<object, object> make = given => Make(bound, contract, given);
        return Activator.CreateInstance(
            wrapped, BindingFlags.Instance | BindingFlags.NonPublic, null, [bound, make], null);
    }

    /// <summary>Makes the value of a wrapped kind in the scope of the kind around it.</summary>
    static object Make(BoundTable bound, Type contract, object context)
    {
        var made = bound.Entry.Slot == typeof(ISource) ? bound.MakeOrThrow<object>(context, KindScope.Current)
            : bound.Make<object>(context, KindScope.Current);
        if (contract.IsInstanceOfType(made)) return made;
        (made as IDisposable)?.Dispose();
        throw new ExperimentException([new(bound.Values["kind"]?.Span ?? bound.Span, $"{bound.Where} of kind "
            + $"{bound.Entry.Name} cannot be held here: it is no {contract.Name}; name a kind that is")]);
    }

    /// <summary>Whether a table names a registered kind. The keys of another kind are unknown, and <c>--set</c> has
    /// dropped those of the earlier kind.</summary>
    public bool HasKind(TableNode values, string table) => registry.Find(table, values.Text("kind")) is not null;

    /// <summary>Binds the keys of a table that the engine reads, beside its kind's options.
    /// <see cref="Bind(TomlNode, string, string, IEnumerable{string})"/> reports unknown keys.</summary>
    /// <param name="values">The table in the file, for which <see cref="HasKind"/> is true.</param>
    /// <param name="table">The registry's name of the table.</param>
    /// <param name="where">The table's name in messages.</param>
    /// <param name="others">Keys that belong neither to the engine's part nor to the kind.</param>
    public T? BindShared<T>(TableNode values, string table, string where, params IEnumerable<string> others)
        where T : class =>
        OptionsBinder.BindSome<T>(values, where, problems,
            KindKey.Concat(others).Concat(OptionProperty.KeysOf(registry.Find(table, values.Text("kind"))!.Options))
                .ToHashSet());

    KindEntry? FindKind(TableNode values, string table, string where)
    {
        if (registry.Find(table, null) is { } single) return single;
        if (!values.TryGet("kind", out var given)) return UsualKind(values, table, where);
        if (values.Text("kind") is not { } kind)
            problems.Add(given.Value.Span, $"`kind` in {where} is {given.Value}: it must be a string. {Kinds(table)}");
        else if (registry.Meant(table, kind) is { Count: > 0 } meant)
        {
            if (meant is [var entry]) return entry;
            problems.Add(given.Value.Span, $"several plugins have a kind `{kind}` of {where}: "
                + $"write {string.Join(" or ", meant.Select(one => $"`{one.Name}`"))}");
        }
        else problems.Add(given.Value.Span, $"unknown kind `{kind}` in {where}"
            + $"{Nearest.Hint(kind, Writable(table), ".")} {Kinds(table)} {PluginHint}");
        return null;
    }

    /// <summary>The kind of a table without <c>kind</c>. The kind does not depend on the loaded plugins, so that an
    /// experiment always means the same.</summary>
    KindEntry? UsualKind(TableNode values, string table, string where)
    {
        if (registry.Slots.Find(table)?.Usual is not { } usual || registry.Find(table, usual) is not { } entry)
        {
            if (values.Entries.FirstOrDefault(entry => Nearest.Name(entry.Key, ["kind"]) is not null)
                is { Key: { } slip } meant)
                problems.Add(meant.KeySpan, $"unknown key `{slip}` in {where}; did you mean `kind`? {Kinds(table)}");
            else problems.Add(values.Span, $"missing key `kind` in {where}. {Kinds(table)}");
            return null;
        }
        values.Set("kind", values.Span, new ScalarNode(values.Span, entry.Name!)); // so that the resolved file has it
        return entry;
    }

    /// <summary>The names of a table's kinds that a file can have: the full ones, and the bare ones that mean one
    /// kind.</summary>
    IEnumerable<string> Writable(string table) => registry.Kinds(table).Concat(registry.Kinds(table)
        .Select(kind => kind.Split('/')[^1]).Where(kind => registry.Find(table, kind) is not null)).Distinct();

    /// <summary>The kinds of a table, for a message.</summary>
    public string Kinds(string table) => registry.Kinds(table) is { Count: > 0 } kinds
        ? $"Kinds: {string.Join(", ", kinds)}." : "No plugin with a kind of it is loaded.";
}
