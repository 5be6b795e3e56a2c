using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>Puts arms into phases: an arm that takes weights from another trains in a later phase.</summary>
sealed class PhaseOrder(Problems problems)
{
    /// <summary>The arms with their phases, from 1, each as early as it can be.</summary>
    public IReadOnlyList<ArmDefinition> Number(IReadOnlyList<ArmDefinition> arms)
    {
        Dictionary<string, int> phases = [];
        var left = arms.ToList();
        while (left.FindAll(arm => arm.Sources.All(phases.ContainsKey)) is { Count: > 0 } ready)
        {
            foreach (var arm in ready)
                phases[arm.Name] = 1 + arm.Sources.Select(source => phases[source]).DefaultIfEmpty(0).Max();
            left.RemoveAll(ready.Contains);
        }
        foreach (var arm in left.Take(1))
        {
            var takers = left.Select(one => $"{one.Name} takes weights from {string.Join(" and ", one.Sources)}");
            problems.Add(arm.Span, $"arms {string.Join(", ", left.Select(one => one.Name))} cannot be put in order: "
                + $"{string.Join(", ", takers)}; let one of them begin without the others");
        }
        return [.. arms.Select(arm => arm with { Phase = phases.GetValueOrDefault(arm.Name, 1) })];
    }
}
