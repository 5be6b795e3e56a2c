namespace Rils.Scheduling;

/// <summary>What runs for an arm, or once per world, in order.</summary>
/// <param name="Entity">The arm, or the world's shared entity.</param>
/// <param name="Systems">By stage, then in the order in which they run.</param>
/// <param name="Pruned">What does not run, by name.</param>
public sealed record EntityPlan(Entity Entity, IReadOnlyList<PlannedSystem> Systems, IReadOnlyList<PrunedSystem> Pruned)
{
    /// <summary>Of what runs once per world, all but Observe: it runs before the first arm.</summary>
    internal EntityPlan BeforeTheArms => this with { Systems = [.. Systems.Where(system => !IsLast(system))] };

    /// <summary>Of what runs once per world, what runs after the last arm.</summary>
    internal EntityPlan AfterTheArms => this with { Systems = [.. Systems.Where(IsLast)], Pruned = [] };

    /// <summary>The systems of one stage, in order.</summary>
    public IEnumerable<PlannedSystem> In(Stage stage) => Systems.Where(system => system.Definition.Stage == stage);

    static bool IsLast(PlannedSystem system) => system.Definition.Stage == Stage.Observe;
}
