using System.Text;

namespace Rils.Scheduling;

/// <summary>A plan for people: for each arm the systems that run, with the types that each reads and makes, and the
/// pruned systems with their reasons.</summary>
public static class PlanText
{
    /// <summary>The meaning of the marks beside types.</summary>
    public const string Legend = "reads -> makes:  +T appends to a collection, T* reads all that was appended, !T "
        + "changes what is there, T? reads it if it is there, if T runs only where it is there, after T comes behind "
        + "those that make or change it";

    /// <summary>Prints a whole plan in the order of a tick, then <see cref="Legend"/> and the plan's
    /// warnings.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="nameOf">Names a type that a pruned system lacks, as the reader of an experiment's file knows it:
    /// <c>[decoder]</c>. Where the function is null, or returns null, the type's own name is printed.</param>
    /// <returns>Several lines, each with a line feed at its end.</returns>
    public static string Write(Plan plan, Func<Type, string?>? nameOf = null)
    {
        var text = new StringBuilder();
        var (first, last) = (plan.Shared.BeforeTheArms, plan.Shared.AfterTheArms);
        if (first.Systems.Count > 0) text.Append("once per world\n").Append(Write(first, nameOf)).Append('\n');
        foreach (var arm in plan.Arms)
            text.Append($"arm {arm.Entity.Name} on {arm.Entity.Device}\n").Append(Write(arm, nameOf)).Append('\n');
        if (last.Systems.Count > 0)
            text.Append("once per world, after the last arm\n").Append(Write(last, nameOf)).Append('\n');
        text.Append(Legend).Append('\n');
        foreach (var warning in plan.Warnings) text.Append($"warning: {warning}\n");
        return text.ToString();
    }

    /// <summary>Prints the systems of one arm, or those that run once per world.</summary>
    /// <param name="plan">The arm's part of a plan.</param>
    /// <returns>A line for each system that runs, then one for each pruned system; each has a line feed at its
    /// end.</returns>
    public static string Write(EntityPlan plan) => Write(plan, nameOf: null);

    static string Write(EntityPlan plan, Func<Type, string?>? nameOf)
    {
        var text = new StringBuilder();
        var width = plan.Systems.Select(s => s.Name.Length).Concat(plan.Pruned.Select(p => p.Definition.Name.Length))
            .DefaultIfEmpty(0).Max();
        foreach (var system in plan.Systems)
            text.Append($"  {system.Definition.Stage,-9} {system.Name.PadRight(width)}  {Flow(system)}".TrimEnd())
                .Append(Origin(system.Definition)).Append('\n');
        foreach (var pruned in plan.Pruned.OrderBy(p => p.Definition.Name, StringComparer.Ordinal))
            text.Append($"  {"pruned",-9} {pruned.Definition.Name.PadRight(width)}  {Reason(pruned, nameOf)}\n");
        return text.ToString();
    }

    /// <summary>Says why a system does not run.</summary>
    /// <param name="pruned">The system.</param>
    /// <param name="nameOf">Names a type that the system lacks; where the function is null, or returns null, the type's
    /// own name is used.</param>
    /// <returns>Words without a full stop: <c>needs [decoder]</c>, <c>needs [target] with queue > 0</c>.</returns>
    public static string Reason(PrunedSystem pruned, Func<Type, string?>? nameOf = null) =>
        pruned.Missing.Count + pruned.Unmet.Count == 0 ? pruned.Reason : $"needs {string.Join(", ", pruned.Missing
            .Select(type => Name(type, nameOf))
            .Concat(pruned.Unmet.Select(unmet => $"{Name(unmet.Component, nameOf)} with {unmet.Condition}"))
            .Distinct().Order(StringComparer.Ordinal))}";

    static string Name(Type type, Func<Type, string?>? nameOf) => nameOf?.Invoke(type) ?? TypeName.Of(type);

    static string Origin(SystemDefinition definition) => definition.Origin.Length > 0 ? $"  ({definition.Origin})" : "";

    /// <summary>Prints the types that a system reads and makes, with the marks of <see cref="Legend"/>.</summary>
    /// <param name="system">The system.</param>
    /// <returns>One line: <c>Images, Backbone -> ImageTokens</c>. Empty for a system without parameters.</returns>
    public static string Flow(PlannedSystem system)
    {
        var reads = Names(system, Access.Read, Access.ReadMaybe, Access.Collect, Access.Require, Access.Follow);
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
        Access.Require => "if " + TypeName.Of(parameter.Type),
        Access.Follow => "after " + TypeName.Of(parameter.Type),
        _ => TypeName.Of(parameter.Type),
    };
}
