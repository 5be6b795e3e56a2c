namespace Rils.Scheduling;

/// <summary>All nodes of a world, and which node makes, changes and appends which type.</summary>
sealed class Graph
{
    readonly World world;
    readonly Levels levels;
    readonly Dictionary<Place, List<Node>> creators = [], updaters = [], appenders = [];

    public Graph(World world, IReadOnlyList<Signature> signatures, Levels levels)
    {
        (this.world, this.levels) = (world, levels);
        Nodes = [.. signatures.SelectMany(s => EntitiesOf(s).Select(e => new Node(s, e)))];
        foreach (var node in Nodes)
            foreach (var parameter in node.Parameters)
                if (IndexOf(parameter.Access) is { } index) Add(index, PlaceOf(node, parameter), node);
        DecideWhatCanRun();
        foreach (var node in Nodes.Where(node => node.IsFallback && Superseding(node).Any())) node.CanRun = false;
        DecideWhatCanRun();
    }

    public IReadOnlyList<Node> Nodes { get; }

    public IEnumerable<Node> Creators(Place place) => Running(creators, place);

    public IEnumerable<Node> Updaters(Place place) => Running(updaters, place);

    public IEnumerable<Node> Appenders(Place place) => Running(appenders, place);

    /// <summary>Whether a system of Setup makes the value: then it is State.</summary>
    public bool IsState(Place place) => Creators(place).Any(node => node.Stage == Stage.Setup);

    public Place PlaceOf(Node node, SystemParameter parameter) => PlaceOf(node, parameter.Type, parameter.Access);

    /// <summary>The place that an update changes and a read sees: that of the State that backs the type, else the
    /// type's own place.</summary>
    public Place RootOf(Node node, SystemParameter parameter) =>
        StateBehind(node, parameter) ?? PlaceOf(node, parameter);

    /// <summary>The place of the State that backs a type, at the arm of the node; null where no State
    /// backs it.</summary>
    public Place? StateBehind(Node node, SystemParameter parameter) =>
        parameter.BackingState is { } state ? PlaceOf(node, state, Access.Read) : null;

    public bool IsThere(Node node, SystemParameter parameter)
    {
        var place = PlaceOf(node, parameter);
        return parameter.Access switch
        {
            Access.Read or Access.Require or Access.Update => place.Entity.Has(place.Type) || Creators(place).Any(),
            Access.Collect => Appenders(place).Any(),
            _ => true,
        };
    }

    /// <summary>The conditions that the components of the node's entity do not satisfy. A component that is not made
    /// yet satisfies all conditions.</summary>
    public IEnumerable<ComponentCondition> Unmet(Node node) => node.Definition.Options.Conditions.Where(condition =>
        ComponentsOf(node, condition.Component).GetValueOrDefault(condition.Component) is { } component
        && !condition.Holds(component));

    /// <summary>Whether a node will see a component of a type that is not made yet.</summary>
    public bool IsPromised(Node node, Type type) =>
        ComponentsOf(node, type).TryGetValue(type, out var component) && component is null;

    /// <summary>The nodes that would make a type if all that they need existed. Where a fallback is among several
    /// creators, the fallback alone counts.</summary>
    public IEnumerable<Node> PossibleMakers(Place place)
    {
        var makers = creators.GetValueOrDefault(place, []);
        return (makers.FindAll(node => node.IsFallback) is { Count: > 0 } last ? last : makers)
            .Concat(appenders.GetValueOrDefault(place, []));
    }

    /// <summary>The other nodes that make a type which a fallback would make, and so take the fallback's
    /// place.</summary>
    public IEnumerable<Node> Superseding(Node fallback) => fallback.With(Access.Create)
        .SelectMany(made => Creators(PlaceOf(fallback, made))).Where(maker => !maker.IsFallback);

    /// <summary>Whether the entity has the value that a node's parameter needs, or a live node or one of
    /// <paramref name="others"/> makes it.</summary>
    public bool IsMade(Node node, SystemParameter parameter, IReadOnlySet<Node> others)
    {
        var place = PlaceOf(node, parameter);
        bool IsMaking(Node maker) => maker.Live || others.Contains(maker);
        return parameter.Access switch
        {
            Access.Read or Access.Require or Access.Update =>
                place.Entity.Has(place.Type) || Creators(place).Any(IsMaking),
            Access.Collect => Appenders(place).Any(IsMaking),
            _ => true,
        };
    }

    IReadOnlyDictionary<Type, object> ComponentsOf(Node node, Type type) =>
        PlaceOf(node, type, Access.Read).Entity.Components;

    Place PlaceOf(Node node, Type type, Access access) => levels.Of(type) switch
    {
        Level.World => new(world.Shared, type),
        Level.Item when access is not (Access.Append or Access.Collect) => new(node.Entity, type),
        _ => new(node.Entity.Arm ?? node.Entity, type),
    };

    IEnumerable<Entity> EntitiesOf(Signature signature) => signature.Level switch
    {
        Level.World => [world.Shared],
        Level.Arm => world.Arms,
        // An arm without items stands for its own item, and may itself have the components that items have.
        _ => world.Arms.SelectMany(arm => arm.Items.Count > 0 ? arm.Items : [arm]),
    };

    /// <summary>Marks the nodes that cannot run because a value that they need is missing, or a condition is unmet; the
    /// values that they make are then missing too.</summary>
    /// <remarks>Nodes that wait for each other stay, so that they are reported as a cycle.</remarks>
    void DecideWhatCanRun()
    {
        bool shrank;
        do
        {
            shrank = false;
            foreach (var node in Nodes
                .Where(node => node.CanRun && !(node.Parameters.All(parameter => IsThere(node, parameter))
                    && !Unmet(node).Any())))
                (node.CanRun, shrank) = (false, true);
        } while (shrank);
    }

    Dictionary<Place, List<Node>>? IndexOf(Access access) => access switch
    {
        Access.Create => creators,
        Access.Update => updaters,
        Access.Append => appenders,
        _ => null,
    };

    static void Add(Dictionary<Place, List<Node>> index, Place place, Node node)
    {
        if (!index.TryGetValue(place, out var nodes)) index[place] = nodes = [];
        nodes.Add(node);
    }

    static IEnumerable<Node> Running(Dictionary<Place, List<Node>> index, Place place) =>
        index.GetValueOrDefault(place, []).Where(node => node.CanRun);
}
