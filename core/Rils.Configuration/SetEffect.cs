namespace Rils.Configuration;

/// <summary>Finds overrides of shared tables that change nothing because every arm gives its own value.</summary>
static class SetEffect
{
    /// <summary>Reports them: an ablation that silently ran without its change is the worst of mistakes.</summary>
    public static void Check(ExperimentTree tree, IReadOnlyList<SetArgument> sets, ExperimentKeys keys, Problems problems)
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
            var isReplaced = sets.Where((other, at) => at != i && $"{set.Key}.".StartsWith($"{other.Key}.", StringComparison.Ordinal)).Any();
            if (isShared && !isReplaced && !set.Value.IsNone && !used.Contains(set.At) && !blamed.Contains(set.At))
                problems.Add(set.At, $"changes nothing: every arm gives its own; name one, as in --set arm.{tree.Arms[0].Name}.{set.Key}=...");
        }
    }

    static void Collect(TomlNode node, HashSet<SourceSpan> used)
    {
        used.Add(node.Span);
        foreach (var entry in node is TableNode table ? table.Entries : [])
            used.Add(entry.KeySpan);
        foreach (var below in node is TableNode owner ? owner.Entries.Select(entry => entry.Value) : (node as ArrayNode)?.Items ?? [])
            Collect(below, used);
    }
}
