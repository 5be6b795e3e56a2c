namespace Rils.Scheduling;

/// <summary>The order in which a world's systems run. Making one touches no device.</summary>
/// <param name="World">The world that it was made for.</param>
/// <param name="Shared">What runs once per world.</param>
/// <param name="Arms">What runs for each arm; arms of one device run in this order. By the arms' names, where nobody reorders it.</param>
/// <param name="Warnings">What looks like a slip but may be meant.</param>
public sealed record Plan(World World, EntityPlan Shared, IReadOnlyList<EntityPlan> Arms, IReadOnlyList<string> Warnings)
{
    /// <summary>Derives the order from the systems' signatures. The order of registration does not matter.</summary>
    /// <param name="systems">All systems of all plugins.</param>
    /// <param name="world">The arms with their components.</param>
    /// <param name="components">Types that arms may have as components, so that a read of one is no mistake where no arm has it.</param>
    /// <exception cref="ScheduleException">The systems leave their order open or contradict each other; all mistakes at once.</exception>
    public static Plan Of(IEnumerable<SystemDefinition> systems, World world, params IEnumerable<Type> components) =>
        new Planner(systems, world, components).Build();
}
