using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Scheduling;
using Rils.Testing.Tensors;

namespace Rils.Testing.Checks;

/// <summary>The check of a plugin's systems: the scheduler takes their signatures beside the engine's.</summary>
static class PlanCheck
{
    public static IEnumerable<Fault> Of(IReadOnlyList<SystemDefinition> systems, IReadOnlyList<object> components)
    {
        using var engine = PluginRegistry.Of(
            (PluginRegistry.Engine, new EnginePlugin(TinyBatch.Experiment.Steps, SlotTable.Engine)));
        // The engine alone lacks what plugins append, losses say; such mistakes are not this plugin's.
        return Mistakes([.. engine.Systems, .. systems], components).Except(Mistakes(engine.Systems, components))
            .Select(mistake => new Fault(mistake, "change the system as the sentence says")).Concat(Lost(systems));
    }

    /// <summary>The State that steps change and no checkpoint would hold.</summary>
    static IEnumerable<Fault> Lost(IReadOnlyList<SystemDefinition> systems)
    {
        var made = systems.Where(system => system.Stage == Stage.Setup).SelectMany(system => system.Parameters)
            .Where(parameter => parameter.Access == Access.Create).Select(parameter => parameter.Type).ToHashSet();
        return from system in systems
               where system.Stage != Stage.Setup
               from parameter in system.Parameters
               where parameter.Access == Access.Update && made.Contains(parameter.Type)
                   && !parameter.Type.IsAssignableTo(typeof(ICheckpointed))
               select new Fault($"{system.Name} updates {parameter.Type.Name}, State that no checkpoint would hold",
                   $"let {parameter.Type.Name} implement {nameof(ICheckpointed)}");
    }

    static IReadOnlyList<string> Mistakes(IReadOnlyList<SystemDefinition> named, IReadOnlyList<object> components)
    {
        var world = new World();
        var arm = world.AddArm("tiny");
        foreach (var component in components.DistinctBy(component => component.GetType()))
            arm.Set(component.GetType(), component);
        SystemDefinition[] systems = [.. named, .. TypedSystems.For(named)];
        try
        {
            Plan.Of(systems, world, Needed(systems));
            return [];
        }
        catch (ScheduleException refused)
        {
            return refused.Mistakes;
        }
    }

    /// <summary>The types that systems name and none of them makes: other plugins do.</summary>
    static IEnumerable<Type> Needed(IReadOnlyList<SystemDefinition> systems)
    {
        var parameters = systems.SelectMany(system => system.Parameters).ToArray();
        return parameters.Select(parameter => parameter.Type).Except(parameters
            .Where(parameter => parameter.Access == Access.Create).Select(parameter => parameter.Type));
    }
}
