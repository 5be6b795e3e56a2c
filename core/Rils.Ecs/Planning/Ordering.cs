namespace Rils.Ecs;

/// <summary>Orders the live nodes of one stage: what is said by name, then create, update, read.</summary>
sealed class Ordering(Graph graph, IReadOnlyList<Node> nodes, List<string> mistakes)
{
    readonly bool[,] before = new bool[nodes.Count, nodes.Count];

    public IReadOnlyList<Node> Order()
    {
        AddEdges();
        var direct = (bool[,])before.Clone();
        Close();
        if (ReportCycle(direct)) return nodes;
        ReportAmbiguities();
        List<Node> order = [];
        var left = Enumerable.Range(0, nodes.Count).OrderBy(i => nodes[i].Name, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var next = left.First(i => left.All(j => !before[j, i]));
            left.Remove(next);
            order.Add(nodes[next]);
        }
        return order;
    }

    void AddEdges()
    {
        for (var i = 0; i < nodes.Count; i++)
            for (var j = 0; j < nodes.Count; j++)
                before[i, j] = i != j && (Says(i, j) || Feeds(nodes[i], nodes[j]));
    }

    bool Says(int i, int j) =>
        nodes[i].Definition.Options.BeforeNames.Contains(nodes[j].Definition.Name) ||
        nodes[j].Definition.Options.AfterNames.Contains(nodes[i].Definition.Name);

    /// <summary>Create comes before update, update before read, append before collect.</summary>
    bool Feeds(Node a, Node b)
    {
        foreach (var made in a.With(Access.Create, Access.Update, Access.Append))
            foreach (var used in b.With(Access.Read, Access.ReadMaybe, Access.Update, Access.Collect))
                if (Feeds(a, made, b, used)) return true;
        return false;
    }

    bool Feeds(Node a, SystemParameter made, Node b, SystemParameter used)
    {
        var (from, to) = (graph.PlaceOf(a, made), graph.PlaceOf(b, used));
        if (made.Access == Access.Append || used.Access == Access.Collect)
            return made.Access == Access.Append && used.Access == Access.Collect && from == to;
        var touches = from == to || from == graph.StateBehind(b, used) || (made.Access == Access.Update && graph.StateBehind(a, made) == to);
        return touches && (made.Access == Access.Create || used.Access != Access.Update);
    }

    void Close()
    {
        for (var k = 0; k < nodes.Count; k++)
            for (var i = 0; i < nodes.Count; i++)
                for (var j = 0; j < nodes.Count; j++)
                    before[i, j] |= before[i, k] && before[k, j];
    }

    bool ReportCycle(bool[,] direct)
    {
        var start = Enumerable.Range(0, nodes.Count).FirstOrDefault(i => before[i, i], -1);
        if (start < 0) return false;
        List<int> path = [start];
        do path.Add(Enumerable.Range(0, nodes.Count).First(j => direct[path[^1], j] && (j == start || before[j, start]) && (j == start || !path.Contains(j))));
        while (path[^1] != start);
        mistakes.Add($"{Where()}: a cycle, each waits for the one before: {string.Join(" -> ", path.Select(i => nodes[i].Name))}; " +
            "split a system, or move one to a later stage");
        return true;
    }

    void ReportAmbiguities()
    {
        for (var i = 0; i < nodes.Count; i++)
            for (var j = i + 1; j < nodes.Count; j++)
            {
                if (before[i, j] || before[j, i] || SharedUpdate(nodes[i], nodes[j]) is not { } type) continue;
                var (first, second) = (nodes[i].Definition.Name, nodes[j].Definition.Name);
                mistakes.Add($"{Where()}: {nodes[i].Name} and {nodes[j].Name} both update {TypeName.Of(type)} and nothing says which goes first: " +
                    $"register {second} with After(\"{first}\") or Before(\"{first}\")");
            }
    }

    Type? SharedUpdate(Node a, Node b)
    {
        foreach (var x in a.With(Access.Update))
            foreach (var y in b.With(Access.Update))
                if ((graph.StateBehind(a, x) ?? graph.PlaceOf(a, x)) == (graph.StateBehind(b, y) ?? graph.PlaceOf(b, y))) return y.Type;
        return null;
    }

    string Where() => $"stage {nodes[0].Stage} of {nodes[0].Entity.Arm ?? nodes[0].Entity}";
}
