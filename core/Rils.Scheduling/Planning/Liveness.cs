namespace Rils.Scheduling;

/// <summary>Marks the live nodes: those that change State or make nothing, and those whose values a live node
/// reads.</summary>
/// <remarks>A node that updates a State makes all nodes live whose values it reads, except those that this State
/// backs: a clamp of the logit scale alone does not give an arm a shared space. A Setup node that makes State and
/// appends is live only where a live node reads the State: a decoder joins the weights only where a system reads the
/// decoder. Passive systems come last, and make no nodes live but each other.</remarks>
sealed class Liveness(Graph graph)
{
    readonly HashSet<Place> needed = [], collected = [];

    public void Mark()
    {
        Mark(graph.Nodes, node => node.IsPassive ? IsRead(node) : IsWanted(node));
        Mark(Fed(), IsWanted);
    }

    /// <summary>The passive systems whose inputs are all made by live nodes or by other such passive systems.</summary>
    IEnumerable<Node> Fed()
    {
        var fed = graph.Nodes.Where(node => node.CanRun && node.IsPassive).ToHashSet();
        while (fed.RemoveWhere(node => !node.Parameters.All(parameter => graph.IsMade(node, parameter, fed))) > 0) { }
        return fed;
    }

    void Mark(IEnumerable<Node> nodes, Func<Node, bool> isWanted)
    {
        bool grew;
        do
        {
            grew = false;
            foreach (var node in nodes)
            {
                if (!node.CanRun || node.Live || !isWanted(node)) continue;
                node.Live = grew = true;
                foreach (var parameter in node.Parameters) Need(node, parameter);
            }
        } while (grew);
    }

    bool IsRead(Node node) => node.With(Access.Create).Any(p => needed.Contains(graph.PlaceOf(node, p)));

    bool IsWanted(Node node)
    {
        var makes = node.With(Access.Create, Access.Append, Access.Update).ToArray();
        return makes.Length == 0
            || IsRead(node)
            || node.With(Access.Append).Any(p => KeepsAlive(node) && collected.Contains(graph.PlaceOf(node, p)))
            || node.With(Access.Update).Any(p => IsWantedUpdate(node, p));
    }

    static bool KeepsAlive(Node node) => node.Stage != Stage.Setup || !node.With(Access.Create).Any();

    bool IsWantedUpdate(Node node, SystemParameter update)
    {
        var place = graph.RootOf(node, update);
        return graph.IsState(place)
            ? node.With(Access.Read, Access.Require).Where(p => graph.StateBehind(node, p) == place)
                .All(p => needed.Contains(graph.PlaceOf(node, p)))
            : needed.Contains(place);
    }

    void Need(Node node, SystemParameter parameter)
    {
        if (parameter.Access == Access.Collect) collected.Add(graph.PlaceOf(node, parameter));
        if (parameter.Access is not (Access.Read or Access.ReadMaybe or Access.Require or Access.Update)) return;
        needed.Add(graph.PlaceOf(node, parameter));
        if (graph.StateBehind(node, parameter) is { } state) needed.Add(state);
    }
}
