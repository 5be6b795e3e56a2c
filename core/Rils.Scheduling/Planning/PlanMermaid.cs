using System.Text;

namespace Rils.Scheduling;

/// <summary>A plan as a Mermaid flowchart: a box per arm and stage, a node per system, an edge where one system's data
/// reach another, or are there for it, and a dotted edge where a system comes behind another without reading.</summary>
public static class PlanMermaid
{
    /// <summary>Draws a whole plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The text of the chart, from <c>flowchart TD</c> on, without a fence around it.</returns>
    public static string Write(Plan plan)
    {
        var text = new StringBuilder("flowchart TD\n");
        // In the order of a tick, so that a smaller index means an earlier system.
        PlannedSystem[] systems =
        [
            .. plan.Shared.BeforeTheArms.Systems, .. plan.Arms.SelectMany(arm => arm.Systems),
            .. plan.Shared.AfterTheArms.Systems
        ];
        EntityPlan[] boxes = [plan.Shared.BeforeTheArms, .. plan.Arms, plan.Shared.AfterTheArms];
        foreach (var (index, entity) in boxes.Where(entity => entity.Systems.Count > 0).Index())
            WriteEntity(text, $"e{index}", entity, system => $"n{Array.IndexOf(systems, system)}");
        for (var to = 0; to < systems.Length; to++)
        {
            foreach (var types in Sources(systems, to).Distinct().GroupBy(edge => edge.From, edge => edge.Type))
                text.Append($"  n{types.Key} -->|{Quoted(string.Join(", ", types))}| n{to}\n");
            foreach (var types in Followed(systems, to).Distinct().GroupBy(edge => edge.From, edge => edge.Type))
                text.Append($"  n{types.Key} -.->|{Quoted($"after {string.Join(", ", types)}")}| n{to}\n");
        }
        return text.ToString();
    }

    static void WriteEntity(StringBuilder text, string id, EntityPlan plan, Func<PlannedSystem, string> idOf)
    {
        var title = plan.Entity.Device.Length > 0 ? $"arm {plan.Entity.Name} on {plan.Entity.Device}"
            : plan.Systems[0].Definition.Stage == Stage.Observe
            ? "once per world, after the last arm" : "once per world";
        text.Append($"  subgraph {id}[{Quoted(title)}]\n");
        foreach (var stage in plan.Systems.GroupBy(system => system.Definition.Stage))
        {
            text.Append($"    subgraph {id}_{stage.Key}[{Quoted(stage.Key.ToString())}]\n");
            foreach (var system in stage) text.Append($"      {idOf(system)}[{Quoted(system.Name)}]\n");
            text.Append("    end\n");
        }
        text.Append("  end\n");
    }

    /// <summary>The systems whose data a system uses: for a collection all that append, for another value the last that
    /// made or changed it, for a backed type also the last that changed its State.</summary>
    static IEnumerable<(int From, string Type)> Sources(PlannedSystem[] systems, int to)
    {
        foreach (var (parameter, place) in systems[to].Parameters.Zip(systems[to].Places))
        {
            if (parameter.Access is Access.Append or Access.Create or Access.Follow) continue;
            int[] from = parameter.Access == Access.Collect
                ? [.. Writers(systems, to, place, Access.Append)]
                : [.. Writers(systems, to, place, Access.Create, Access.Update).TakeLast(1)];
            foreach (var index in from) yield return (index, TypeName.Of(place.Type));
            if (parameter.BackingState is not { } state) continue;
            var owner = systems[to].Entity.Arm ?? systems[to].Entity;
            foreach (var index in Writers(systems, to, new(owner, state), Access.Update).TakeLast(1))
                yield return (index, TypeName.Of(state));
        }
    }

    /// <summary>The last system of the stage that made, changed or appended each type that a system
    /// follows.</summary>
    static IEnumerable<(int From, string Type)> Followed(PlannedSystem[] systems, int to)
    {
        var owner = systems[to].Entity.Arm ?? systems[to].Entity;
        foreach (var type in systems[to].Parameters.Where(p => p.Access == Access.Follow).Select(p => p.Type))
            foreach (var index in Enumerable.Range(0, to).Where(i => IsMaker(systems[i], type)
                && (systems[i].Entity.Arm ?? systems[i].Entity) == owner
                && systems[i].Definition.Stage == systems[to].Definition.Stage).TakeLast(1))
                yield return (index, TypeName.Of(type));
    }

    static bool IsMaker(PlannedSystem system, Type type) => system.Parameters.Any(p =>
        p.Access is Access.Create or Access.Update or Access.Append && p.Type == type);

    static IEnumerable<int> Writers(PlannedSystem[] systems, int until, Place place, params Access[] accesses) =>
        Enumerable.Range(0, until).Where(i => systems[i].Parameters.Zip(systems[i].Places)
            .Any(pair => pair.Second == place && accesses.Contains(pair.First.Access)));

    /// <summary>Quotes and escapes text so that Mermaid shows it unchanged; Mermaid's escapes begin with a number
    /// sign.</summary>
    static string Quoted(string text) => '"' + text.Replace("#", "#35;").Replace("&", "#amp;").Replace("\"", "#quot;")
        .Replace("<", "#lt;").Replace(">", "#gt;").Replace("`", "#96;") + '"';
}
