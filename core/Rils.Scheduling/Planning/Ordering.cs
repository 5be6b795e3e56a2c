namespace Rils.Scheduling;

/// <summary>Orders the live nodes of one stage: by the names in their options, and by their data (create, update,
/// read).</summary>
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

    /// <summary>Create comes before update, update before read, append before collect, all three before
    /// follow.</summary>
    bool Feeds(Node a, Node b) => b.Parameters.Any(used => Feeds(a, b, used));

    bool Feeds(Node a, Node b, SystemParameter used) => used.Access is not (Access.Create or Access.Append)
        && a.With(Access.Create, Access.Update, Access.Append).Any(made => Feeds(a, made, b, used));

    bool Feeds(Node a, SystemParameter made, Node b, SystemParameter used)
    {
        if (used.Access == Access.Follow) return IsFollowed(a, made, b, used.Type);
        var (from, to, root) = (graph.PlaceOf(a, made), graph.PlaceOf(b, used), graph.RootOf(b, used));
        if (made.Access == Access.Append || used.Access == Access.Collect)
            return made.Access == Access.Append && used.Access == Access.Collect && from == to;
        if (made.Access == Access.Create) return from == to || from == root;
        // Where both update the same State, a type backed by it that one of them also reads does not decide the order:
        // names must.
        return used.Access != Access.Update && graph.RootOf(a, made) == root && !Updates(b, root);
    }

    /// <summary>Whether a system comes behind another that makes, updates or appends a type. Where both update the
    /// State and both would be the last, the type does not decide the order: names must.</summary>
    bool IsFollowed(Node a, SystemParameter made, Node b, Type type)
    {
        var wanted = new SystemParameter(type, made.Access);
        var (from, to, root) = (graph.PlaceOf(a, made), graph.PlaceOf(b, wanted), graph.RootOf(b, wanted));
        return made.Access == Access.Update
            ? IsWithin(graph.RootOf(a, made), root) && !(Updates(b, root) && Follows(a, root))
            : IsWithin(from, to) || (made.Access == Access.Create && from == root);
    }

    /// <summary>Whether two places are the same, or the first is at an item and the second at the item's arm, for one
    /// type.</summary>
    static bool IsWithin(Place place, Place other) =>
        place == other || (place.Type == other.Type && place.Entity.Arm == other.Entity);

    bool Follows(Node node, Place root) => node.With(Access.Follow).Any(p => graph.RootOf(node, p) == root);

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
        var path = ShortestCycle(start, direct);
        mistakes.Add($"{Where()}: a cycle, each waits for the one before: "
            + $"{string.Join(", ", path.Zip(path.Skip(1), Step))}: "
            + (Authors.Of(path.Select(i => nodes[i].Definition), " or ") is { } mine
                ? $"split {mine}, or move it to a later stage" : "split a system, or move one to a later stage")
            + (path.Zip(path.Skip(1)).Any(wait => FollowedBy(wait.First, wait.Second) is not null)
                ? ", or drop an After" : ""));
        return true;
    }

    List<int> ShortestCycle(int start, bool[,] direct)
    {
        var paths = new Queue<List<int>>([[start]]);
        HashSet<int> seen = [];
        while (true)
        {
            var path = paths.Dequeue();
            if (direct[path[^1], start]) return [.. path, start];
            foreach (var next in Enumerable.Range(0, nodes.Count).Where(j => direct[path[^1], j] && seen.Add(j)))
                paths.Enqueue([.. path, next]);
        }
    }

    /// <summary>Words for one wait of a cycle, with the type or name that is its reason.</summary>
    string Step(int i, int j)
    {
        var reason = Says(i, j) ? "by name" : FollowedBy(i, j) is { } type ? $"After<{TypeName.Of(type)}>"
            : TypeName.Of(nodes[j].Parameters.First(used => Feeds(nodes[i], nodes[j], used)).Type);
        return $"{nodes[j].Name} after {nodes[i].Name} ({reason})";
    }

    /// <summary>The type by whose <c>After</c> alone a system waits for another; null where data or names demand the
    /// wait too, or nothing demands it.</summary>
    Type? FollowedBy(int i, int j)
    {
        SystemParameter[] reasons = [.. nodes[j].Parameters.Where(used => Feeds(nodes[i], nodes[j], used))];
        return !Says(i, j) && Array.TrueForAll(reasons, used => used.Access == Access.Follow)
            ? reasons.FirstOrDefault()?.Type : null;
    }

    void ReportAmbiguities()
    {
        for (var i = 0; i < nodes.Count; i++)
            for (var j = i + 1; j < nodes.Count; j++)
            {
                if (before[i, j] || before[j, i] || SharedUpdate(nodes[i], nodes[j]) is not { } type) continue;
                var (first, second) = nodes[j].Definition.IsOfOurs && !nodes[i].Definition.IsOfOurs
                    ? (nodes[j].Definition.Name, nodes[i].Definition.Name)
                    : (nodes[i].Definition.Name, nodes[j].Definition.Name);
                mistakes.Add($"{Where()}: {nodes[i].Name} and {nodes[j].Name} both update {TypeName.Of(type)} and "
                    + "nothing says which goes first: "
                    + (first == second ? $"let {first} append for each item, and one system of the arm collect"
                        : $"register {second} with After(\"{first}\") or Before(\"{first}\")"));
            }
    }

    Type? SharedUpdate(Node a, Node b) =>
        a.With(Access.Update).Select(x => graph.RootOf(a, x)).Where(root => Updates(b, root))
            .Select(root => root.Type).FirstOrDefault();

    bool Updates(Node node, Place root) => node.With(Access.Update).Any(p => graph.RootOf(node, p) == root);

    string Where() => $"stage {nodes[0].Stage} of {nodes[0].Entity.Arm ?? nodes[0].Entity}";
}
