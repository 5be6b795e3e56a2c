namespace Rils.Scheduling;

/// <summary>Finds the types that belong to items: those that items have as components, and those that systems make from
/// them.</summary>
sealed class Levels
{
    readonly HashSet<Type> itemTypes;

    public Levels(World world, IEnumerable<IReadOnlyList<SystemParameter>> systems)
    {
        itemTypes = [.. world.Arms.SelectMany(arm => arm.Items).SelectMany(item => item.Components.Keys)];
        var list = systems.ToArray();
        while (list.Any(Grows)) { }
    }

    public Level Of(Type type) => type.IsAssignableTo(typeof(IShared)) ? Level.World
        : itemTypes.Contains(type) ? Level.Item : Level.Arm;

    /// <summary>The deepest level that a system's parameters reach; collections belong to the arm, and a system that
    /// comes behind others does not run more often for that.</summary>
    public Level Of(IReadOnlyList<SystemParameter> parameters) =>
        parameters.Count == 0 ? Level.World : parameters.Max(LevelOf);

    Level LevelOf(SystemParameter parameter) => Of(parameter.Type) switch
    {
        _ when parameter.Access == Access.Follow => Level.World,
        Level.Item when parameter.Access is Access.Append or Access.Collect => Level.Arm,
        var level => level,
    };

    bool Grows(IReadOnlyList<SystemParameter> parameters)
    {
        if (Of(parameters) != Level.Item) return false;
        var made = parameters.Where(p => p.Access == Access.Create && Of(p.Type) == Level.Arm)
            .Select(p => p.Type).ToArray();
        itemTypes.UnionWith(made);
        return made.Length > 0;
    }
}
