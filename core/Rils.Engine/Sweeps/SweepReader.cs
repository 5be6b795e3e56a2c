using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;

namespace Rils.Engine.Sweeps;

/// <summary>Reads <c>[sweep]</c>: dotted keys, as <c>--set</c> takes them, with lists of values.</summary>
sealed class SweepReader(ExperimentTree tree, PluginRegistry registry, Problems problems)
{
    /// <summary>The most points of a sweep: more points are a slip, because nobody would wait for them.</summary>
    public const int MostPoints = 1_000;

    const string Example = "masking.ratio = [0.5, 0.75]";

    /// <summary>The keys whose value is one for all arms of a run.</summary>
    public static readonly string[] OfRuns = ["data", "deterministic", "precision", .. ExperimentKeys.Lengths];
    static readonly IReadOnlySet<string> World = ExperimentKeys.All.World;

    readonly List<SweepKey> keys = [];

    /// <summary>Reads the keys in the order of the file, and reports their mistakes.</summary>
    public IReadOnlyList<SweepKey> Read()
    {
        var node = tree.Root["sweep"]!;
        if (node is TableNode table) Collect(table, []);
        if (node is not TableNode { Entries.Count: > 0 })
            problems.Add(node.Span, $"[sweep] is {(node is TableNode ? "empty" : node)}: "
                + $"give it keys with lists of values, as in {Example}");
        foreach (var twice in keys.GroupBy(key => key.Name).Where(group => group.Count() > 1))
            problems.Add(twice.Last().At, $"`{twice.Key}` is already given in [sweep], at {twice.First().At}");
        var points = keys.Aggregate(1.0, (product, key) => product * key.Values.Count);
        if (points > MostPoints)
            problems.Add(node.Span, $"[sweep] makes {points:0} points, and {MostPoints} are the most: "
                + "give it fewer values, or fewer keys");
        return [.. keys.Select(OfTheOthers)];
    }

    /// <summary>A key for all arms, without the arms that have values of their own for it.</summary>
    SweepKey OfTheOthers(SweepKey key)
    {
        if (key.IsOfRuns || key.Arm is not null) return key;
        string[] left =
            [.. key.Holders.Where(arm => !keys.Exists(other => other.Arm == arm && other.OwnName == key.OwnName))];
        if (left.Length == 0)
            problems.Add(key.At, $"`{key.Name}` in [sweep] changes nothing: "
                + $"every arm that has a [{key.Path[0]}] has values of its own there");
        return key with { Holders = left };
    }

    void Collect(TableNode table, IReadOnlyList<string> path)
    {
        foreach (var entry in table.Entries)
        {
            string[] parts = [.. path, .. entry.Key.Split('.')];
            if (entry.Value is TableNode below) Collect(below, parts);
            else if (entry.Value is not ArrayNode values || values.Items.Any(HoldsTable))
                problems.Add(entry.Value.Span, $"`{string.Join('.', parts)}` in [sweep] is "
                    + $"{(entry.Value is ArrayNode ? "a list of tables" : entry.Value)}: "
                    + $"it must be a list of values, as in {Example}");
            else if (AreValues(parts, values)) Add(parts, entry, values.Items);
        }
    }

    static bool HoldsTable(TomlNode value) =>
        value is TableNode || (value is ArrayNode list && list.Items.Any(HoldsTable));

    bool AreValues(string[] path, ArrayNode values)
    {
        var name = string.Join('.', path);
        if (values.Items.Count == 0)
            problems.Add(values.Span, $"`{name}` in [sweep] has no values: give it some, or drop it");
        // More values are refused by their number: comparing them pair by pair would take long.
        foreach (var (index, value) in values.Items.Take(MostPoints).Index())
            if (values.Items.Take(index).Any(earlier => AreOne(earlier, value)))
                problems.Add(value.Span, $"`{name}` in [sweep] has {SweepLabels.Text(value)} twice");
        return values.Items.Count > 0;
    }

    static bool AreOne(TomlNode one, TomlNode other) => one.SameAs(other)
        || ((one, other) is (ScalarNode { Value: double a }, ScalarNode { Value: long b }) && a == b)
            || ((one, other) is (ScalarNode { Value: long c }, ScalarNode { Value: double d }) && c == d);

    void Add(string[] path, TomlEntry entry, IReadOnlyList<TomlNode> values)
    {
        if (path[0] == "arm") AddOfArm(path, entry, values);
        else if (OfRuns.Contains(path[0]) && (path.Length > 1) == (path[0] == "data"))
            keys.Add(new(path, null, entry.KeySpan, values, []));
        else if (path[0] != "data" && World.Contains(path[0]))
            problems.Add(entry.KeySpan,
                $"`{path[0]}` cannot be swept: it is one for all points{Instead(path[0])}");
        else if (IsOption(path, entry)) Add(path, null, entry, values, tree.Arms);
    }

    static string Instead(string key) =>
        key == "seeds" ? ", and every arm is run for every seed that the root's `seeds` lists" : "";

    void AddOfArm(string[] path, TomlEntry entry, IReadOnlyList<TomlNode> values)
    {
        var length = SetWalk.NameLength(path, 1, name => tree.Arms.Any(arm => arm.Name == name));
        string[] own = path[(1 + length)..];
        var name = string.Join('.', path[1..(1 + length)]);
        if (length == 0)
            problems.Add(entry.KeySpan,
                SetWalk.UnknownName("arm", path.ElementAtOrDefault(1) ?? "", [.. tree.Arms.Select(arm => arm.Name)]));
        else if (own.Length > 0 && (own[0] == "name" || World.Contains(own[0])))
            problems.Add(entry.KeySpan, $"`{own[0]}` cannot be set in an arm");
        else if (IsOption(own, entry)) Add(own, name, entry, values, tree.Arms.Where(arm => arm.Name == name));
    }

    /// <summary>Whether a path leads into a table that arms can have; reports a path that does not.</summary>
    bool IsOption(string[] path, TomlEntry entry)
    {
        string[] tables = [.. registry.Tables.Where(table => !table.Contains('.'))
            .Concat(tree.Arms.SelectMany(arm => arm.Tables.Keys)).Concat(World).Distinct()
            .Order(StringComparer.Ordinal)];
        var isShort = path.Length == 0 || (tables.Contains(path[0]) && path.Length < (path[0] == "objective" ? 3 : 2));
        var shown = path.Length == 0 ? entry.Key : string.Join('.', path);
        if (isShort)
            problems.Add(entry.KeySpan,
                $"`{shown}` in [sweep] is no key of a table: sweep one, as in {Example}");
        else if (tables.Contains(path[0])) return true;
        else
        {
            var meant = path.Length == 1 ? new OptionAddresses(tree, registry).Near(entry, tables)
                : Nearest.Name(path[0], tables) is { } table ? [string.Join('.', path[1..].Prepend(table))] : [];
            problems.Add(entry.KeySpan,
                $"unknown key `{shown}` in [sweep]{Nearest.Hint(meant, ".")} {TableBinder.PluginHint}");
        }
        return false;
    }

    void Add(string[] path, string? arm, TomlEntry entry, IReadOnlyList<TomlNode> values, IEnumerable<ArmTree> arms)
    {
        string[] holders = [.. arms.Where(tables => Has(tables.Tables, path)).Select(tables => tables.Name)];
        if (holders.Length > 0) keys.Add(new(path, arm, entry.KeySpan, values, holders));
        else if (path[0] == "objective") problems.Add(entry.KeySpan, SetWalk.UnknownName("objective", path[1],
            [.. arms.SelectMany(tables => Objectives(tables.Tables)).Distinct()]));
        else if (arm is null) problems.Add(entry.KeySpan,
            $"`{string.Join('.', path)}` in [sweep] changes nothing: no arm has a [{path[0]}]");
        else problems.Add(entry.KeySpan,
            $"`{string.Join('.', path)}` in [sweep] changes nothing: arm {arm} does not have a [{path[0]}]");
    }

    static bool Has(TableNode tables, string[] path) => path[0] == "objective"
        ? SetWalk.NameLength(path, 1, name => Objectives(tables).Contains(name)) > 0
        : tables[path[0]] is TableNode;

    static IEnumerable<string> Objectives(TableNode tables) =>
        tables.List("objective").SelectMany(table => new[] { NamedTables.NameOf(table), table.Text("kind") })
            .OfType<string>();
}
