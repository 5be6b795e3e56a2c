namespace Rils.Scheduling;

/// <summary>A system that runs for an entity.</summary>
/// <param name="Definition">The system.</param>
/// <param name="Entity">The world's shared entity, an arm, or an item of an arm.</param>
/// <param name="Parameters">The types that the system names: <see cref="SystemDefinition.Parameters"/>.</param>
/// <param name="IsConditional">Whether the system may rest in some ticks: it has a run condition, is a passive system
/// (which may fail), or reads or requires a value that such a system makes.</param>
public sealed record PlannedSystem(
    SystemDefinition Definition, Entity Entity, IReadOnlyList<SystemParameter> Parameters, bool IsConditional)
{
    /// <summary>For each parameter the entity and the type of its value.</summary>
    internal IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>The system's name, followed by the item's where the system runs for an item:
    /// <c>contrastive[a]</c>.</summary>
    public string Name => Entity.Arm is null ? Definition.Name : $"{Definition.Name}[{Entity.Name}]";

    /// <summary>The lane of the system's stage: Host for Load and Prepare, Device for every other.</summary>
    public Lane Lane => Definition.Stage is Stage.Load or Stage.Prepare ? Lane.Host : Lane.Device;
}
