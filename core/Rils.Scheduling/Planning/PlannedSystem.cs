namespace Rils.Scheduling;

/// <summary>A system that runs for an entity.</summary>
/// <param name="Definition">The system.</param>
/// <param name="Entity">What it runs for: the world, an arm, or an item.</param>
/// <param name="Parameters">Its data access.</param>
/// <param name="IsConditional">Whether it may rest in some ticks: it has a run condition, is an onlooker (which may fail), or reads what such a system makes.</param>
public sealed record PlannedSystem(
    SystemDefinition Definition, Entity Entity, IReadOnlyList<SystemParameter> Parameters, bool IsConditional)
{
    /// <summary>Where each parameter's value lives.</summary>
    internal IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>The system's name, with the item's where it runs for one: <c>contrastive[a]</c>.</summary>
    public string Name => Entity.Arm is null ? Definition.Name : $"{Definition.Name}[{Entity.Name}]";

    /// <summary>The lane of its stage.</summary>
    public Lane Lane => Definition.Stage is Stage.Load or Stage.Prepare ? Lane.Host : Lane.Device;
}
