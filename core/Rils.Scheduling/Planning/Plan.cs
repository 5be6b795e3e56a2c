namespace Rils.Scheduling;

/// <summary>The order in which a world's systems run. Making a plan touches no device.</summary>
/// <param name="World">The world that the plan was made for.</param>
/// <param name="Shared">The systems that run once per world.</param>
/// <param name="Arms">The systems of each arm. <see cref="Of"/> puts the arms in the order of their names; the arms of
/// one device run in the order of this list.</param>
/// <param name="Warnings">Things that look like a slip but may be meant, a sentence each.</param>
public sealed record Plan(
    World World, EntityPlan Shared, IReadOnlyList<EntityPlan> Arms, IReadOnlyList<string> Warnings)
{
    /// <summary>Derives the order from the systems' signatures. The order of registration does not matter.</summary>
    /// <param name="systems">All systems of all plugins and of the engine, in any order.</param>
    /// <param name="world">The arms with their components and items.</param>
    /// <param name="components">Types that arms may have as components: a system that reads such a type is pruned, and
    /// no mistake, where no arm has the component.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ScheduleException">The systems leave their order open or contradict each other; all mistakes at
    /// once.</exception>
    public static Plan Of(IEnumerable<SystemDefinition> systems, World world, params IEnumerable<Type> components) =>
        new Planner(systems, world, components).Build();
}
