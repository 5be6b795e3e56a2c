using System.Text;

namespace Rils.Ecs;

/// <summary>A plan for people: per arm what runs, what it reads and makes, and what was pruned and why.</summary>
public static class PlanText
{
    /// <summary>Prints a whole plan.</summary>
    public static string Write(Plan plan)
    {
        var text = new StringBuilder();
        if (plan.Shared.Systems.Count > 0) text.Append("once per world\n").Append(Write(plan.Shared)).Append('\n');
        foreach (var arm in plan.Arms) text.Append($"arm {arm.Entity.Name} on {arm.Entity.Device}\n").Append(Write(arm)).Append('\n');
        foreach (var warning in plan.Warnings) text.Append($"warning: {warning}\n");
        return text.ToString();
    }

    /// <summary>Prints what runs for one arm, or once per world.</summary>
    public static string Write(EntityPlan plan)
    {
        var text = new StringBuilder();
        var width = plan.Systems.Select(s => s.Name.Length).Concat(plan.Pruned.Select(p => p.Definition.Name.Length)).DefaultIfEmpty(0).Max();
        foreach (var system in plan.Systems)
            text.Append($"  {system.Definition.Stage,-9} {system.Name.PadRight(width)}  {Flow(system)}".TrimEnd()).Append(Origin(system.Definition)).Append('\n');
        foreach (var pruned in plan.Pruned.OrderBy(p => p.Definition.Name, StringComparer.Ordinal))
            text.Append($"  {"pruned",-9} {pruned.Definition.Name.PadRight(width)}  {pruned.Reason}\n");
        return text.ToString();
    }

    static string Origin(SystemDefinition definition) => definition.Origin.Length > 0 ? $"  ({definition.Origin})" : "";

    static string Flow(PlannedSystem system)
    {
        var reads = Names(system, Access.Read, Access.ReadMaybe, Access.Collect);
        var writes = Names(system, Access.Update, Access.Create, Access.Append);
        return writes.Length > 0 ? $"{reads} -> {writes}".TrimStart() : reads;
    }

    static string Names(PlannedSystem system, params Access[] accesses) =>
        string.Join(", ", system.Parameters.Where(p => accesses.Contains(p.Access)).Select(Name));

    static string Name(SystemParameter parameter) => parameter.Access switch
    {
        Access.ReadMaybe => TypeName.Of(parameter.Type) + "?",
        Access.Collect => TypeName.Of(parameter.Type) + "*",
        Access.Append => "+" + TypeName.Of(parameter.Type),
        Access.Update => "!" + TypeName.Of(parameter.Type),
        _ => TypeName.Of(parameter.Type),
    };
}
