using Rils.Engine.Composition;

namespace Rils.Engine.Sweeps;

/// <summary>Divides arms into as many runs as the memory demands. Arms that take weights from one another stay in one
/// run, however large.</summary>
/// <param name="bytesOf">The bytes that an arm keeps while it trains.</param>
/// <param name="limit">The most bytes that the arms of a run may keep together.</param>
sealed class SweepParts(Func<ArmDefinition, long> bytesOf, long limit)
{
    /// <summary>The names of the arms in each part: arms in their order, as many together as fit.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Of(IReadOnlyList<ArmDefinition> arms)
    {
        var groups = Groups(arms);
        if (groups.Count == 1) return groups;
        List<HashSet<string>> parts = [];
        foreach (var group in groups)
        {
            bool Fits(IReadOnlySet<string> part) =>
                Bytes(arms.Where(arm => part.Contains(arm.Name) || group.Contains(arm.Name))) <= limit;
            if (parts.Count > 0 && Fits(parts[^1])) parts[^1].UnionWith(group);
            else parts.Add(group);
        }
        return parts;
    }

    /// <summary>The bytes of arms that share a run. Phases come one after the other, so the largest phase
    /// counts.</summary>
    long Bytes(IEnumerable<ArmDefinition> arms) => arms.GroupBy(arm => arm.Phase).Max(phase => phase.Sum(bytesOf));

    /// <summary>Groups arms so that no arm takes weights from another group.</summary>
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
