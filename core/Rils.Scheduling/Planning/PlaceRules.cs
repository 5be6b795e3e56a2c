namespace Rils.Scheduling;

/// <summary>Checks the rules for the values of a world's arms: each has one creator, and no system reads a value before
/// it is made.</summary>
sealed class PlaceRules(Graph graph, World world, List<string> mistakes)
{
    public void Check()
    {
        foreach (var arm in world.Arms)
            foreach (var entity in arm.Items.Prepend(arm))
                CheckComponents(entity, entity.Components.Keys.Where(IsShared),
                    "all arms share: set it on World.Shared");
        CheckComponents(world.Shared, world.Shared.Components.Keys.Where(type => !IsShared(type)),
            "is not IShared: mark it so, or set it on an arm");
        foreach (var node in graph.Nodes.Where(node => node.CanRun))
            foreach (var parameter in node.Parameters) CheckParameter(node, parameter, graph.PlaceOf(node, parameter));
        foreach (var node in graph.Nodes.Where(node => node.CanRun)) CheckConditions(node);
    }

    static bool IsShared(Type type) => type.IsAssignableTo(typeof(IShared));

    void CheckComponents(Entity entity, IEnumerable<Type> misplaced, string reason) =>
        mistakes.AddRange(misplaced.Select(type => $"{entity} has the component {TypeName.Of(type)}, which {reason}"));

    void CheckParameter(Node node, SystemParameter parameter, Place place)
    {
        switch (parameter.Access)
        {
            case Access.Create:
                CheckCreation(node, place);
                break;
            case Access.Collect:
                CheckCollection(node, place);
                break;
            case Access.Update when place.Entity.Has(place.Type):
                mistakes.Add($"{node.Name} updates {TypeName.Of(place.Type)}, a component of {place.Entity}: "
                    + "components are settings, make a State of it in Setup and update that");
                break;
            case Access.Require:
                CheckTime(node, place, "requires", "makes", graph.Creators(place));
                break;
            case Access.Read or Access.ReadMaybe or Access.Update:
                CheckTime(node, place, parameter.Access == Access.Update ? "updates" : "reads", "makes",
                    graph.Creators(place));
                CheckHost(node, place, graph.RootOf(node, parameter));
                break;
        }
    }

    void CheckConditions(Node node)
    {
        foreach (var condition in node.Definition.Options.Conditions)
            if (graph.IsPromised(node, condition.Component))
                mistakes.Add($"{node.Name} has a condition on {TypeName.Of(condition.Component)}, which is made only "
                    + "after the plan: ask the options that it is made from");
    }

    void CheckCreation(Node node, Place place)
    {
        if (place.Entity.Has(place.Type))
            mistakes.Add($"{node.Name} makes {TypeName.Of(place.Type)}, which {place.Entity} has as a component "
                + "already: remove one");
        Node[] makers = [.. graph.Creators(place)];
        if (makers.Length > 1 && makers[0] == node)
            mistakes.Add($"{string.Join(" and ", makers.Select(m => m.Name))} all make {TypeName.Of(place.Type)} for "
                + $"{place.Entity}, and a type has one creator: "
                + (Authors.Of(makers.Select(maker => maker.Definition), " and ") is { } mine
                    ? $"remove {mine}, let it make a type of its own, "
                        + "or drop from the arm the table that the other is of"
                    : "remove all but one, or give each a type of its own"));
    }

    void CheckTime(Node node, Place place, string uses, string makes, IEnumerable<Node> makers)
    {
        if (makers.FirstOrDefault(maker => maker.Moment.CompareTo(node.Moment) > 0) is { } late)
            mistakes.Add($"{node.Name} {uses} {TypeName.Of(place.Type)} in {node.Moment}, before {late.Name} {makes} "
                + $"it in {late.Moment}: "
                + $"move {Authors.Of([node.Definition, late.Definition], " or ") ?? "one of them"}");
    }

    void CheckCollection(Node node, Place place)
    {
        CheckTime(node, place, "collects", "appends", graph.Appenders(place));
        if (graph.Appenders(place).FirstOrDefault(maker => maker.Moment.Lane < node.Moment.Lane) is { } early)
            mistakes.Add($"{node.Name} collects {TypeName.Of(place.Type)} in {node.Moment}, but {early.Name} appends "
                + $"it in {early.Moment}, and appends last one tick of one lane: "
                + (node.Definition.IsOfOurs && !early.Definition.IsOfOurs
                    ? $"let {early.Name} make a value, and another system append it in {node.Stage} or before"
                    : "collect it there into a value"));
    }

    void CheckHost(Node node, Place place, Place root)
    {
        if (IsShared(root.Type) && node.Moment.Lane == 2 && graph.IsState(root)
            && graph.Updaters(root).FirstOrDefault(u => u.Moment.Lane == 1) is { } ahead)
            mistakes.Add($"{node.Name} reads {TypeName.Of(place.Type)} on a device lane while {ahead.Name} updates it "
                + "ahead on the host lane: pass a copy through the frame");
    }
}
