namespace Rils.Scheduling;

/// <summary>An arm on its device lane.</summary>
sealed class ArmRun
{
    readonly Entity arm;
    readonly Store store;
    readonly CompiledSystem[] setup, tick;
    readonly List<SystemFailedException> mishaps = [];

    public ArmRun(EntityPlan plan, Store store)
    {
        (arm, this.store) = (plan.Entity, store);
        store.SetComponents(arm);
        foreach (var item in arm.Items) store.SetComponents(item);
        setup = [.. plan.In(Stage.Setup).Select(system => new CompiledSystem(system, store))];
        tick = [.. plan.Systems.Where(system => system.Definition.Stage != Stage.Setup)
            .Select(system => new CompiledSystem(system, store))];
    }

    /// <summary>Why the arm stopped; null while it runs.</summary>
    public SystemFailedException? Failure { get; set; }

    /// <summary>The first failure of each passive system: the arm goes on without the passive systems'
    /// values.</summary>
    public IReadOnlyList<SystemFailedException> Mishaps => mishaps;

    public Entity Arm => arm;

    /// <summary>The systems that run in a tick.</summary>
    public IReadOnlyList<CompiledSystem> Systems => tick;

    public void Setup(Guard guard) => Run(setup, system => guard.Setup(system, arm.Name));

    public void Tick(Guard guard, long step) => Run(tick, system => Run(system, guard, step));

    void Run(CompiledSystem[] systems, Action<CompiledSystem> run)
    {
        try
        {
            foreach (var system in systems) run(system);
        }
        catch (SystemFailedException failure)
        {
            Failure = failure;
        }
        foreach (var system in tick) system.Forget();
        store.ClearAppends(arm);
    }

    /// <summary>Runs a system. The failure of a passive system is a mishap, after which the arm goes on; but a passive
    /// system that changed a value which it only reads stops the arm, which would go on with the changed
    /// value.</summary>
    void Run(CompiledSystem system, Guard guard, long step)
    {
        try
        {
            guard.Run(system, arm.Name, step);
        }
        catch (SystemFailedException mishap)
            when (system.Planned.Definition.Options.IsPassive
            && mishap.InnerException is not UndeclaredChangeException)
        {
            if (!mishaps.Exists(earlier => earlier.System == mishap.System)) mishaps.Add(mishap);
        }
    }
}
