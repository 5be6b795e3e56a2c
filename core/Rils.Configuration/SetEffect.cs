namespace Rils.Configuration;

/// <summary>Finds overrides of shared tables that change nothing because every arm gives its own value.</summary>
static class SetEffect
{
    /// <summary>Reports each such override: an ablation that runs without its change would mislead without a
    /// sign.</summary>
    public static void Check(
        ExperimentTree tree, IReadOnlyList<SetArgument> sets, ExperimentKeys keys, Problems problems)
    {
        if (tree.Arms.Count == 0 || sets.Count == 0)
            return;
        var used = new HashSet<SourceSpan>();
        foreach (var arm in tree.Arms)
            Collect(arm.Tables, used);
        var blamed = problems.Select(problem => problem.At).ToHashSet();
        for (var i = 0; i < sets.Count; i++)
        {
            var set = sets[i];
            var isShared = set.Path[0] != "arm" && !keys.World.Contains(set.Path[0]);
            var isReplaced = sets.Where((other, at) =>
                at != i && $"{set.Key}.".StartsWith($"{other.Key}.", StringComparison.Ordinal)).Any();
            if (isShared && !isReplaced && !set.Value.IsNone && !used.Contains(set.At) && !blamed.Contains(set.At))
                problems.Add(set.At, "changes nothing: every arm gives its own; "
                    + $"name one, as in --set arm.{tree.Arms[0].Name}.{set.Key}=...");
        }
    }

    static void Collect(TomlNode node, HashSet<SourceSpan> used)
    {
        used.Add(node.Span);
        if (node is TableNode table)
            foreach (var entry in table.Entries)
            {
                used.Add(entry.KeySpan);
                Collect(entry.Value, used);
            }
        else if (node is ArrayNode array)
            foreach (var item in array.Items)
                Collect(item, used);
    }
}
