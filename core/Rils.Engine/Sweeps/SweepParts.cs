using Rils.Engine.Composition;

namespace Rils.Engine.Sweeps;

/// <summary>Divides arms into as many runs as memory asks for. Arms that take weights from one another stay in one, however large.</summary>
/// <param name="bytesOf">What an arm keeps while it trains.</param>
/// <param name="limit">What the arms that train side by side may keep together, in bytes.</param>
sealed class SweepParts(Func<ArmDefinition, long> bytesOf, long limit)
{
    /// <summary>In their order, as many together as fit; the names of each part.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Of(IReadOnlyList<ArmDefinition> arms)
    {
        var groups = Groups(arms);
        if (groups.Count == 1) return groups;
        List<HashSet<string>> parts = [];
        foreach (var group in groups)
        {
            if (parts.Count > 0 && Bytes(arms.Where(arm => parts[^1].Contains(arm.Name) || group.Contains(arm.Name))) <= limit) parts[^1].UnionWith(group);
            else parts.Add(group);
        }
        return parts;
    }

    /// <summary>Phases come one after the other: the largest counts.</summary>
    long Bytes(IEnumerable<ArmDefinition> arms) => arms.GroupBy(arm => arm.Phase).Max(phase => phase.Sum(bytesOf));

    /// <summary>Arms that weights lead from one to another.</summary>
    static List<HashSet<string>> Groups(IReadOnlyList<ArmDefinition> arms)
    {
        List<HashSet<string>> groups = [];
        foreach (var arm in arms)
        {
            HashSet<string> own = [arm.Name, .. arm.Sources];
            var met = groups.FindAll(group => group.Overlaps(own));
            if (met.Count == 0) groups.Add(own);
            else foreach (var other in met.Skip(1).Append(own)) met[0].UnionWith(other);
            groups.RemoveAll(met.Skip(1).Contains);
        }
        return groups;
    }
}
