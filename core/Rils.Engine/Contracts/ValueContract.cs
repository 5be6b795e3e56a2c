using System.Collections.Concurrent;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Scheduling;

namespace Rils.Engine.Contracts;

/// <summary>Checks the values that systems make against the plugin contract, at Setup and in each system's first tick.
/// So the message about a wrong value names the part that made it, not the next system that cannot work with
/// it.</summary>
/// <remarks>Checks of tensors may wait for the device; later ticks have no checks.</remarks>
sealed class ValueContract(Experiment experiment) : IInspector
{
    readonly ConcurrentDictionary<Entity, ArmContract> arms = [];

    public void Inspect(Runner runner, PlannedSystem system, long step, IReadOnlyList<object?> made)
    {
        var created = system.Parameters.Where(parameter => parameter.Access == Access.Create).ToArray();
        if (system.Entity.Arm is null && system.Entity.Device.Length == 0) return; // the world's: the engine's own
        var arm = system.Entity.Arm ?? system.Entity;
        foreach (var (value, parameter) in made.Zip(created))
            if (value is null) throw Missing(parameter.Type.Name, system, PartOf(runner, arm, system));
        if (made.Skip(created.Length).Any(item => item is null)) throw Missing("what is appended", system, null);
        arms.GetOrAdd(arm, key => new(experiment, runner, key)).Inspect(system, step, made!);
    }

    static ContractException Missing(string what, PlannedSystem system, object? part) =>
        new Maker(system, "").Wrong(what, part, "a value", "null");

    /// <summary>The part that a system makes, or whose method it calls.</summary>
    object? PartOf(Runner runner, Entity arm, PlannedSystem system) =>
        system.Parameters.FirstOrDefault(parameter =>
            experiment.Registry.Slots.All.Any(slot => slot.Contract == parameter.Type)) is { } part
            ? runner.Find(arm, part.Type) : null;

    /// <summary>The name of a system and its plugin, for messages.</summary>
    public static string MakerOf(PlannedSystem system) =>
        $"{system.Definition.Name} (plugin {system.Definition.Origin})";
}
