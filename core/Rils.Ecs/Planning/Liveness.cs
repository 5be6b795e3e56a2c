namespace Rils.Ecs;

/// <summary>Marks the nodes that something live reads from, starting at those that change State or only observe.</summary>
/// <remarks>
/// A node that updates a State keeps alive all that it reads, except the views of that State: a clamp of the logit scale
/// does not by itself give an arm a shared space. In Setup an append alone keeps nothing alive that also makes State: a
/// decoder joins the weights only where something reads the decoder.
/// </remarks>
sealed class Liveness(Graph graph)
{
    readonly HashSet<Place> needed = [], collected = [];

    public void Mark()
    {
        bool grew;
        do
        {
            grew = false;
            foreach (var node in graph.Nodes)
            {
                if (!node.CanRun || node.Live || !IsWanted(node)) continue;
                node.Live = grew = true;
                foreach (var parameter in node.Parameters) Need(node, parameter);
            }
        } while (grew);
    }

    bool IsWanted(Node node)
    {
        var makes = node.With(Access.Create, Access.Append, Access.Update).ToArray();
        return makes.Length == 0
            || node.With(Access.Create).Any(p => needed.Contains(graph.PlaceOf(node, p)))
            || node.With(Access.Append).Any(p => KeepsAlive(node) && collected.Contains(graph.PlaceOf(node, p)))
            || node.With(Access.Update).Any(p => IsWantedUpdate(node, p));
    }

    static bool KeepsAlive(Node node) => node.Stage != Stage.Setup || !node.With(Access.Create).Any();

    bool IsWantedUpdate(Node node, SystemParameter update)
    {
        var place = graph.RootOf(node, update);
        return graph.IsState(place)
            ? node.With(Access.Read).Where(p => graph.StateBehind(node, p) == place).All(p => needed.Contains(graph.PlaceOf(node, p)))
            : needed.Contains(place);
    }

    void Need(Node node, SystemParameter parameter)
    {
        if (parameter.Access == Access.Collect) collected.Add(graph.PlaceOf(node, parameter));
        if (parameter.Access is not (Access.Read or Access.ReadMaybe or Access.Update)) return;
        needed.Add(graph.PlaceOf(node, parameter));
        if (graph.StateBehind(node, parameter) is { } state) needed.Add(state);
    }
}
