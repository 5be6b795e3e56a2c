using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>The options of an experiment's tables by their full addresses, for messages about a key that was given
/// without its table.</summary>
sealed class OptionAddresses(ExperimentTree tree, PluginRegistry registry)
{
    const int Most = 3;

    readonly Lazy<IReadOnlyList<OptionAddress>> all =
        new(() => [.. tree.Arms.SelectMany(arm => Arm(tree, arm, registry)), .. World(tree, registry)]);

    /// <summary>The names that an unknown key at the root or in an arm may mean: options of this name, else a key of
    /// the root, else options of a similar name.</summary>
    /// <param name="entry">The key; for a key of <c>--set</c> the result is what to write there.</param>
    /// <param name="known">The keys at the root.</param>
    public IReadOnlyList<string> Near(TomlEntry entry, IEnumerable<string> known)
    {
        var named = Named(entry.Key);
        if (named.Count > 0) return named;
        if (Nearest.Name(entry.Key, known) is { } rootKey) return [rootKey];
        return Nearest.Name(entry.Key, Writable().Select(option => option.Key)) is { } near ? Named(near) : [];

        IEnumerable<OptionAddress> Writable() => all.Value.Where(option => entry.KeySpan.IsSet || !option.IsInList);
        IReadOnlyList<string> Named(string key) =>
            Shown(Writable().Where(option => option.Key == key), entry.KeySpan.IsSet);
    }

    /// <summary>The options of other tables that an unknown key of a table may mean: those of this name, else those of
    /// a similar name.</summary>
    /// <param name="entry">The key.</param>
    /// <param name="table">The registry's name of the table that lacks the key.</param>
    public IReadOnlyList<string> Elsewhere(TomlEntry entry, string table)
    {
        bool IsOfTable(OptionAddress option) => option.IsInList
            ? option.Path.StartsWith($"{table}.", StringComparison.Ordinal) : option.Path == $"{table}.{option.Key}";
        OptionAddress[] others = [.. all.Value
            .Where(option => (entry.KeySpan.IsSet || !option.IsInList) && !IsOfTable(option))];
        var key = others.Any(option => option.Key == entry.Key)
            ? entry.Key : Nearest.Name(entry.Key, others.Select(option => option.Key));
        return Shown(others.Where(option => option.Key == key), entry.KeySpan.IsSet);
    }

    /// <summary>For a table that only <c>--set</c> gives, without a kind: the addresses of its key in arms that have
    /// the table.</summary>
    public IReadOnlyList<string> OfOthers(TomlEntry entry) =>
        entry.Value is TableNode { Span.IsSet: true, Keys: [var key, ..] } table && table["kind"] is null
            && registry.Find(entry.Key, null) is null
            ? Shown(all.Value.Where(option =>
                option.Path == $"{entry.Key}.{key}" && option.Arm is not null), isSet: true)
            : [];

    static IReadOnlyList<string> Shown(IEnumerable<OptionAddress> options, bool isSet) =>
        [.. options.Select(option => isSet && option.Arm is not null ? $"arm.{option.Arm}.{option.Path}" : option.Path)
            .Distinct().Take(Most)];

    static IEnumerable<OptionAddress> World(ExperimentTree tree, PluginRegistry registry)
    {
        foreach (var (name, options) in EngineTables.World)
            if (name.Length > 0 && registry.Slots.Find(name) is null)
                foreach (var key in OptionProperty.KeysOf(options)) yield return new(key, $"{name}.{key}");
        if (tree.Root["data"] is TableNode data)
        {
            foreach (var key in OptionProperty.KeysOf<DataSettings>().Concat(Keys(registry, "data", data)))
                yield return new(key, $"data.{key}");
            foreach (var slot in registry.Slots.OfData)
                if (data[slot.Key] is TableNode nested)
                    foreach (var key in Keys(registry, slot.Table, nested))
                        yield return new(key, $"{slot.Table}.{key}");
        }
        foreach (var (list, options) in EngineTables.All.Where(table => ExperimentKeys.All.Lists.Contains(table.Table)))
            foreach (var (name, table) in Items(tree.Root, list))
                foreach (var key in OptionProperty.KeysOf(options).Concat(Keys(registry, list, table)))
                    yield return new(key, $"{list}.{name}.{key}", IsInList: true);
    }

    static IEnumerable<OptionAddress> Arm(ExperimentTree tree, ArmTree arm, PluginRegistry registry)
    {
        foreach (var (name, value) in arm.Tables.Entries.Select(entry => (entry.Key, entry.Value)))
            if (value is TableNode table)
            {
                var shared = tree.Shared[name] as TableNode;
                foreach (var key in Keys(registry, name, table))
                    yield return new(key, $"{name}.{key}", IsShared(shared, table, key) ? null : arm.Name);
                foreach (var slot in registry.Slots.Within(name))
                    if (table[slot.Key] is TableNode nested)
                        foreach (var key in Keys(registry, slot.Table, nested))
                            yield return new(key, $"{slot.OfArm}.{key}",
                                IsShared(shared?[slot.Key] as TableNode, nested, key) ? null : arm.Name);
            }
        var common = Items(tree.Shared, "objective").Select(item => item.Table.Span).ToHashSet();
        foreach (var (name, table) in Items(arm.Tables, "objective"))
            foreach (var key in Keys(registry, "objective", table))
                yield return new(key, $"objective.{name}.{key}",
                    common.Contains(table.Span) ? null : arm.Name, IsInList: true);
    }

    /// <summary>Whether the arm has the key from the root.</summary>
    static bool IsShared(TableNode? root, TableNode arm, string key) =>
        root is not null && !root.Span.IsSet && root.Text("kind") == arm.Text("kind")
            && arm[key]?.Span == root[key]?.Span;

    static IEnumerable<string> Keys(PluginRegistry registry, string table, TableNode values) =>
        (registry.Find(table, null)
            ?? registry.Find(table, values.Text("kind") ?? registry.Slots.Find(table)?.Usual)) is { } entry
            ? OptionProperty.Of(entry.Options).Select(property => property.Key) : [];

    static IEnumerable<(string Name, TableNode Table)> Items(TableNode owner, string list) =>
        from table in owner.List(list)
        where NamedTables.NameOf(table) is not null
        select (NamedTables.NameOf(table)!, table);
}
