namespace Rils.Configuration;

/// <summary>Applies a <see cref="SetArgument"/> to the tables of the root or of an arm.</summary>
/// <param name="Set">The argument.</param>
/// <param name="Lists">The keys at the top that are lists of named tables.</param>
/// <param name="Problems">The list that takes mistakes.</param>
sealed record SetWalk(SetArgument Set, IReadOnlySet<string> Lists, Problems Problems)
{
    /// <summary>Sets the value.</summary>
    /// <param name="table">The root, or the tables of an arm.</param>
    /// <param name="start">The number of parts of the path that lead to the table.</param>
    public void Apply(TableNode table, int start)
    {
        var key = Set.Path[start];
        if (start + 1 < Set.Path.Count && Lists.Contains(key)
            && table[key] is (null or ScalarNode or ArrayNode { Items.Count: 0 }))
            Unknown(key, start + 1, []);
        else
            Step(table, start);
    }

    void Step(TableNode table, int at)
    {
        var key = Set.Path[at];
        if (at + 1 == Set.Path.Count)
        {
            Put(table, new TomlEntry(key, Set.At, Set.Value));
            return;
        }
        switch (table[key])
        {
            case TableNode below:
                Step(below, at + 1);
                break;
            case ArrayNode { HoldsTables: true } list:
                StepInto(table, key, list, at + 1);
                break;
            case null or { IsNone: true }:
                var made = new TableNode(Set.At);
                table.Set(key, Set.At, made);
                Step(made, at + 1);
                break;
            case var other:
                Problems.Add(Set.At, $"`{string.Join('.', Set.Path.Take(at + 1))}` is {other}, not a table");
                break;
        }
    }

    /// <summary>Goes on in the table of a list whose name the path gives.</summary>
    void StepInto(TableNode owner, string key, ArrayNode list, int at)
    {
        var tables = list.Items.Cast<TableNode>().ToList();
        var length = NameLength(Set.Path, at, name => Find(tables, name).Count > 0);
        if (length == 0)
        {
            Unknown(key, at, [.. tables.Select(NamedTables.NameOf).OfType<string>()]);
            return;
        }
        var name = string.Join('.', Set.Path.Skip(at).Take(length));
        var found = Find(tables, name);
        if (found.Count > 1)
            Problems.Add(Set.At, $"{found.Count} of [[{key}]] are `{name}`; give each a `name`");
        else if (at + length < Set.Path.Count)
            Step(found[0], at + length);
        else if (Set.Value.IsNone)
            owner.Set(key, list.Span, new ArrayNode(list.Span, [.. tables.Where(table => table != found[0])]));
        else
            Problems.Add(Set.At, $"set one of its keys, as in --set {Set.Key}.key=value, or drop it with \"none\"");
    }

    /// <summary>The tables of a name; where there are none, the tables of a kind.</summary>
    static List<TableNode> Find(List<TableNode> tables, string name)
    {
        var named = tables.FindAll(table => NamedTables.NameOf(table) == name);
        return named.Count > 0 ? named : tables.FindAll(table => table.Text("kind") == name);
    }

    /// <summary>The number of parts of a path that make up a known name, which may hold dots; 0 where no parts
    /// do.</summary>
    public static int NameLength(IReadOnlyList<string> path, int start, Func<string, bool> isKnown) =>
        Enumerable.Range(1, path.Count - start)
            .LastOrDefault(length => isKnown(string.Join('.', path.Skip(start).Take(length))));

    void Unknown(string key, int at, IReadOnlyList<string> names) =>
        Problems.Add(Set.At, UnknownName(key, Set.Path[at], names));

    /// <summary>The message about a name that a list lacks.</summary>
    public static string UnknownName(string key, string given, IReadOnlyList<string> names)
    {
        var there = names.Count > 0 ? $"There are: {string.Join(", ", names)}." : "There are none.";
        var hint = Nearest.Hint(given, names, ".");
        return $"no {key} is called `{given}`{hint} {there}";
    }

    /// <summary>Sets a value by the rules of merging; a table whose kind changes keeps its name and loses its other
    /// options, but for those that any source of <c>[data]</c> has.</summary>
    void Put(TableNode table, TomlEntry entry)
    {
        if (entry.Key == "kind" && table["kind"] is { } old && !old.SameAs(entry.Value))
            foreach (var other in table.Keys.Where(key => key != "name" && !Stays(key)).ToList())
                table.Remove(other);
        TableMerge.Put(table, entry);
    }

    bool Stays(string key) => Set.Path is [EngineTables.Data, _] && EngineTables.IsOfAnySource(key);
}
