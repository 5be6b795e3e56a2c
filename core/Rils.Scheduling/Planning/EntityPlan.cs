namespace Rils.Scheduling;

/// <summary>The systems that run for one arm and its items, or once per world.</summary>
/// <param name="Entity">The arm, or the world's shared entity.</param>
/// <param name="Systems">The systems in the order in which they run: by stage, then by their data.</param>
/// <param name="Pruned">The systems that do not run, each with the reason, in no certain order.</param>
public sealed record EntityPlan(Entity Entity, IReadOnlyList<PlannedSystem> Systems, IReadOnlyList<PrunedSystem> Pruned)
{
    /// <summary>The systems that run once per world before the first arm: all stages but Observe.</summary>
    internal EntityPlan BeforeTheArms => this with { Systems = [.. Systems.Where(system => !IsLast(system))] };

    /// <summary>The systems that run once per world after the last arm: those of Observe.</summary>
    internal EntityPlan AfterTheArms => this with { Systems = [.. Systems.Where(IsLast)], Pruned = [] };

    /// <summary>The systems of one stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The systems, in the order in which they run; none where the stage has none.</returns>
    public IEnumerable<PlannedSystem> In(Stage stage) => Systems.Where(system => system.Definition.Stage == stage);

    static bool IsLast(PlannedSystem system) => system.Definition.Stage == Stage.Observe;
}
