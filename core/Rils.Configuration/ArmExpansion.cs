namespace Rils.Configuration;

/// <summary>Makes the arms of an experiment: each arm's own tables are merged over the tables that all arms
/// share.</summary>
/// <param name="Keys">The keys that belong to the experiment as a whole, and those that are lists.</param>
/// <param name="Problems">The list that takes mistakes.</param>
sealed record ArmExpansion(ExperimentKeys Keys, Problems Problems)
{
    /// <summary>The entries with <c>"none"</c> that had nothing to drop: nothing else would show a slip in such a
    /// key.</summary>
    public List<TomlEntry> Dropped { get; } = [];

    /// <summary>Whether an arm was left out because it has no name: a key that names an unknown arm may mean that
    /// arm.</summary>
    public bool HasNameless { get; private set; }

    /// <summary>Makes the arms of the root. A root without <c>[[arm]]</c> has one arm, with the experiment's
    /// name.</summary>
    /// <param name="root">The merged root; the method removes its arms, and only keys of the experiment stay.</param>
    /// <param name="shared">The tables that <see cref="TakeShared"/> took out of the root.</param>
    /// <param name="name">The experiment's name and its place.</param>
    public List<ArmTree> Expand(TableNode root, TableNode shared, (string Text, SourceSpan At) name)
    {
        var given = TakeArms(root);
        if (given.Count == 0)
            return [new ArmTree(name.Text, name.At, shared.Copy())];
        var arms = given.Select(own => Arm(shared, own)).OfType<ArmTree>().ToList();
        foreach (var twice in arms
            .GroupBy(arm => arm.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            foreach (var arm in twice.Skip(1))
                Problems.Add(arm.Span, $"two arms are called `{twice.Key}`; the first is at {twice.First().Span}");
        return arms;
    }

    /// <summary>Moves the tables that all arms share out of the root.</summary>
    public TableNode TakeShared(TableNode root)
    {
        var shared = new TableNode(root.Span);
        TomlEntry[] moved = [.. root.Entries.Where(entry => entry.Key != "arm" && !Keys.World.Contains(entry.Key))];
        foreach (var entry in moved)
        {
            root.Remove(entry.Key);
            shared.Set(entry.Key, entry.KeySpan, entry.Value);
        }
        DropNones(shared);
        return shared;
    }

    List<TableNode> TakeArms(TableNode root)
    {
        NamedTables.CheckShape(root, "arm", Problems);
        var arms = (root["arm"] as ArrayNode)?.Items.Cast<TableNode>().ToList() ?? [];
        root.Remove("arm");
        return arms;
    }

    ArmTree? Arm(TableNode shared, TableNode own)
    {
        if (own["name"] is null && own.Entries.FirstOrDefault(entry => Nearest.Name(entry.Key, ["name"]) is not null)
            is { Key: { } slip } meant)
        {
            Problems.Add(meant.KeySpan, $"unknown key `{slip}` in [[arm]]; did you mean `name`?");
            own.Remove(slip);
            own.Set("name", meant.KeySpan, meant.Value);
        }
        if (!own.TryGet("name", out var name) || name.Value is not ScalarNode { Value: string text })
        {
            HasNameless = true;
            Problems.Add(name.Value?.Span ?? own.Span, name.Value is null
                ? "this arm has no `name`"
                : $"the `name` of an arm must be a string, not {name.Value}");
            return null;
        }
        ExperimentName.Check(text, name.Value.Span, Problems);
        own.Remove("name");
        foreach (var entry in own.Entries.Where(entry => Keys.World.Contains(entry.Key)).ToList())
        {
            Problems.Add(
                entry.KeySpan,
                $"`{entry.Key}` belongs to the whole experiment: move it out of arm `{text}`, to the top of the file");
            own.Remove(entry.Key);
        }
        var tables = TableMerge.Merge(shared, own);
        DropNones(tables);
        return new ArmTree(text, own.Span, tables);
    }

    /// <summary>Removes the entries with <c>"none"</c> that merging left, which had nothing to drop.</summary>
    public void DropNones(TableNode tables)
    {
        foreach (var entry in tables.Entries.Where(entry => entry.Value.IsNone).ToList())
        {
            tables.Remove(entry.Key);
            Dropped.Add(entry);
        }
    }
}
