namespace Rils.Configuration;

/// <summary>Reads an experiment: its file, the files that it <c>extends</c>, the <c>--set</c> overrides, and its
/// arms.</summary>
public static class ExperimentReader
{
    /// <summary>Reads an experiment. Merging goes from the base to the extending file, then <c>--set</c> on the root,
    /// then each arm's own tables, then <c>--set arm.NAME.</c> on the arm. A <c>--set</c> of a kind goes before the
    /// others, whatever their order.</summary>
    /// <param name="path">The experiment file; messages show paths in the same form, relative or absolute.</param>
    /// <param name="sets">The text after each <c>--set</c>: <c>key.key=value</c>.</param>
    /// <param name="keys">The keys that belong to the experiment as a whole, and those that are lists.</param>
    /// <param name="problems">The list that takes all mistakes. After a mistake the tree serves only to find
    /// more.</param>
    /// <returns>The tree; null where a file could not be read or is not TOML.</returns>
    public static ExperimentTree? Read(string path, IReadOnlyList<string> sets, ExperimentKeys keys, Problems problems)
    {
        var overrides = sets
            .Select(argument => SetArgument.Parse(argument, problems))
            .OfType<SetArgument>()
            .OrderBy(set => !set.GivesKind)
            .ToList();
        if (path.Length == 0 || path.Contains('\0'))
        {
            problems.Add(SourceSpan.WholeFile(path), "this is no path of a file");
            return null;
        }
        var chain = new ExtendsChain(problems);
        var root = chain.Load(path);
        return chain.IsSound ? Of(root, path, overrides, keys, problems) : null;
    }

    /// <summary>Reads an experiment file over a root that no file holds, as if it extended that root.</summary>
    /// <param name="below">The root below, with its arms in the list <c>arm</c>.</param>
    /// <param name="path">The experiment file.</param>
    /// <param name="check">Looks at the file's own root, with what it extends, before it is laid over the
    /// other.</param>
    /// <param name="keys">The keys that belong to the experiment as a whole, and those that are lists.</param>
    /// <param name="problems">The list that takes all mistakes.</param>
    /// <returns>The tree; null where a file could not be read or is not TOML.</returns>
    internal static ExperimentTree? ReadOver(
        TableNode below, string path, Action<TableNode> check, ExperimentKeys keys, Problems problems)
    {
        var chain = new ExtendsChain(problems);
        var above = chain.Load(path);
        if (!chain.IsSound) return null;
        check(above);
        return Of(ExtendsChain.Lay(below, above), path, [], keys, problems);
    }

    /// <summary>Reads the text of an experiment that is not written to a file yet and extends nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path that the file will have.</param>
    /// <param name="keys">The keys that belong to the experiment as a whole, and those that are lists.</param>
    /// <param name="problems">The list that takes all mistakes.</param>
    /// <returns>The tree; null where the text is not TOML.</returns>
    internal static ExperimentTree? ReadText(string text, string path, ExperimentKeys keys, Problems problems)
    {
        var root = TomlText.Parse(text, path, problems, out var sound);
        return sound ? Of(root, path, [], keys, problems) : null;
    }

    static ExperimentTree Of(
        TableNode root, string path, List<SetArgument> overrides, ExperimentKeys keys, Problems problems)
    {
        SetRoot(root, overrides, keys, problems);
        var expansion = new ArmExpansion(keys, problems);
        var shared = expansion.TakeShared(root);
        var arms = expansion.Expand(root, shared, Name(root, path, problems));
        SetArms(arms, overrides, expansion);
        if (arms.Count == 0 && problems.Count == 0)
            problems.Add(root.Span, "no arm is left");
        foreach (var list in keys.Lists)
            foreach (var owner in arms.Select(arm => arm.Tables).Prepend(root))
                NamedTables.Check(owner, list, problems);
        var tree = new ExperimentTree(root, arms) { Shared = shared, Dropped = expansion.Dropped,
            HasNameless = expansion.HasNameless };
        SetEffect.Check(tree, overrides, keys, problems);
        return tree;
    }

    static void SetRoot(TableNode root, List<SetArgument> overrides, ExperimentKeys keys, Problems problems)
    {
        foreach (var set in overrides.Where(set => set.Path[0] != "arm"))
        {
            // Two lengths given by --set both stay, so that a later check finds the contradiction.
            if (set.Path.Count == 1 && ExperimentKeys.Lengths.Contains(set.Key))
                ExtendsChain.RemoveLengths(root, keep: entry => entry.KeySpan.IsSet || entry.Key == set.Key);
            new SetWalk(set, keys.Lists, problems).Apply(root, 0);
        }
    }

    static void SetArms(List<ArmTree> arms, List<SetArgument> overrides, ArmExpansion expansion)
    {
        foreach (var set in overrides.Where(set => set.Path[0] == "arm"))
            SetArm(arms, set, expansion);
    }

    static void SetArm(List<ArmTree> arms, SetArgument set, ArmExpansion expansion)
    {
        var (keys, problems) = (expansion.Keys, expansion.Problems);
        var length = SetWalk.NameLength(set.Path, 1, name => arms.Exists(arm => arm.Name == name));
        var name = string.Join('.', set.Path.Skip(1).Take(length));
        var rest = 1 + length;
        if (set.Path.Count == 1)
            problems.Add(set.At, "name the arm, as in --set arm.NAME.masking.ratio=0.6");
        else if (length == 0)
        {
            if (!expansion.HasNameless)
                problems.Add(set.At, SetWalk.UnknownName("arm", set.Path[1], [.. arms.Select(arm => arm.Name)]));
        }
        else if (rest == set.Path.Count && set.Value.IsNone)
            arms.RemoveAll(arm => arm.Name == name);
        else if (rest == set.Path.Count)
            problems.Add(
                set.At, $"set one of its keys, as in --set {set.Key}.masking.ratio=0.6, or drop the arm with \"none\"");
        else if (set.Path[rest] == "name" || keys.World.Contains(set.Path[rest]))
            problems.Add(set.At, $"`{set.Path[rest]}` cannot be set in an arm");
        else
        {
            var tables = arms.First(arm => arm.Name == name).Tables;
            new SetWalk(set, keys.Lists, problems).Apply(tables, rest);
            expansion.DropNones(tables);
        }
    }

    /// <summary>The experiment's name; a file without a name takes the name of the file, never the name of its
    /// base.</summary>
    static (string Text, SourceSpan At) Name(TableNode root, string path, Problems problems)
    {
        if (root["name"] is null)
            root.Set("name", root.Span, new ScalarNode(root.Span, ExperimentName.Of(path)));
        var node = root["name"]!;
        if (root.Text("name") is not { } name)
            return (ExperimentName.Of(path), node.Span);
        ExperimentName.Check(name, node.Span, problems);
        return (name, node.Span);
    }
}
