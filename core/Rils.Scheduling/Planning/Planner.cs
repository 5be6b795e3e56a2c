namespace Rils.Scheduling;

/// <summary>Turns signatures and arms into a plan: finds the systems that can run, those of them that are needed, and
/// their order.</summary>
sealed class Planner
{
    static readonly HashSet<Node> noNodes = [];

    readonly World world;
    readonly List<string> mistakes = [], warnings = [];
    readonly IReadOnlyList<Signature> signatures;
    readonly Graph graph;
    readonly IReadOnlySet<Type> components;

    public Planner(IEnumerable<SystemDefinition> systems, World world, IEnumerable<Type> components)
    {
        this.world = world;
        SystemDefinition[] sorted = [.. systems.OrderBy(s => s.Name, StringComparer.Ordinal)
            .ThenBy(s => s.Origin, StringComparer.Ordinal).ThenBy(s => s.Stage)];
        IReadOnlyList<SystemParameter>[] parameters = [.. sorted.Select(system => system.Parameters)];
        var levels = new Levels(world, parameters);
        signatures = [.. sorted.Zip(parameters, (s, p) => new Signature(s, p, levels.Of(p)))];
        this.components = Entities().SelectMany(e => e.Components.Keys).Concat(components).ToHashSet();
        graph = new Graph(world, signatures, levels);
    }

    public Plan Build()
    {
        new Rules(signatures, components, mistakes, warnings).Check();
        new PlaceRules(graph, world, mistakes).Check();
        Fail();
        new Liveness(graph).Mark();
        var shared = PlanOf(world.Shared);
        EntityPlan[] arms = [.. world.Arms.Select(PlanOf)];
        Fail();
        return new Plan(world, shared, arms, warnings);
    }

    void Fail()
    {
        if (mistakes.Count > 0) throw new ScheduleException([.. mistakes.Distinct().Order(StringComparer.Ordinal)]);
    }

    IEnumerable<Entity> Entities() => [world.Shared, .. world.Arms, .. world.Arms.SelectMany(arm => arm.Items)];

    EntityPlan PlanOf(Entity owner)
    {
        Node[] nodes = [.. graph.Nodes.Where(node => (node.Entity.Arm ?? node.Entity) == owner)];
        List<Node> order = [];
        foreach (var stage in nodes.Where(node => node.Live).GroupBy(node => node.Stage).OrderBy(group => group.Key))
            order.AddRange(new Ordering(graph, [.. stage], mistakes).Order());
        foreach (var node in order) node.Conditional = IsConditional(node);
        var running = order.Select(node => node.Definition).ToHashSet();
        return new(owner,
            [.. order.Select(Planned)],
            // Where an arm has several items, one may have everything that the system needs; take that item's reason.
            [.. nodes.Where(node => !running.Contains(node.Definition)).GroupBy(node => node.Definition)
                .Select(same => same.Select(Pruned).MinBy(pruned => pruned.Missing.Count + pruned.Unmet.Count)!)]);
    }

    PlannedSystem Planned(Node node) => new(node.Definition, node.Entity, node.Parameters, node.Conditional)
    {
        Places = [.. node.Parameters.Select(parameter => graph.PlaceOf(node, parameter))],
    };

    bool IsConditional(Node node) => node.Definition.Options.Condition is not null || node.IsPassive
        || node.With(Access.Read, Access.Require, Access.Update)
            .Any(p => graph.Creators(graph.PlaceOf(node, p)).Any(maker => maker.Conditional));

    PrunedSystem Pruned(Node node)
    {
        if (node.IsFallback && graph.Superseding(node).FirstOrDefault() is { } other)
            return new(node.Definition, [], $"{other.Name} makes {Names(node.With(Access.Create))}");
        HashSet<Type> causes = [];
        HashSet<UnmetCondition> conditions = [];
        Trace(node, causes, conditions, []);
        Type[] missing = [.. causes.OrderBy(TypeName.Of, StringComparer.Ordinal)];
        UnmetCondition[] unmet = [.. conditions.OrderBy(one => one.Condition, StringComparer.Ordinal)];
        return new(node.Definition, missing, missing.Length + unmet.Length > 0 ? "" : Unread(node)) { Unmet = unmet };
    }

    /// <summary>Follows missing types to the systems that would make them, and to the types that those lack, down to
    /// types that no system can make and to conditions that are unmet.</summary>
    void Trace(Node node, HashSet<Type> causes, HashSet<UnmetCondition> conditions, HashSet<Node> seen)
    {
        if (!seen.Add(node)) return;
        conditions.UnionWith(graph.Unmet(node).Select(unmet => new UnmetCondition(unmet.Component, unmet.Words)));
        foreach (var parameter in node.Parameters.Where(parameter => !graph.IsThere(node, parameter)))
        {
            Node[] makers = [.. graph.PossibleMakers(graph.PlaceOf(node, parameter))];
            // Several systems could make it (the targets' shapes), and the planner cannot know which the user wants.
            if (makers is [var maker]) Trace(maker, causes, conditions, seen);
            else causes.Add(parameter.Type);
        }
    }

    string Unread(Node node)
    {
        if (node.IsPassive)
        {
            var unmade = node.With(Access.Read, Access.Require, Access.Update, Access.Collect)
                .Where(p => !graph.IsMade(node, p, noNodes)).ToArray();
            if (unmade.Length > 0) return $"is passive, and nothing else needs {Names(unmade)}";
        }
        var backed = node.With(Access.Read, Access.Require)
            .Where(p => node.With(Access.Update).Any(u => p.BackingState == u.Type)).ToArray();
        return backed.Length > 0
            ? $"nothing else reads {Names(backed)}"
            : $"nothing live reads {Names(node.With(Access.Create, Access.Append, Access.Update))}";
    }

    static string Names(IEnumerable<SystemParameter> parameters) =>
        string.Join(", ", parameters.Select(p => TypeName.Of(p.Type)));
}
