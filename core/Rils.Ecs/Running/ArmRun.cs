namespace Rils.Ecs;

/// <summary>An arm on its device lane.</summary>
sealed class ArmRun
{
    readonly Entity arm;
    readonly Store store;
    readonly IProbe? probe;
    readonly CompiledSystem[] setup, tick;
    readonly List<SystemFailedException> mishaps = [];

    public ArmRun(EntityPlan plan, Store store, IProbe? probe)
    {
        (arm, this.store, this.probe) = (plan.Entity, store, probe);
        store.SetComponents(arm);
        foreach (var item in arm.Items) store.SetComponents(item);
        setup = [.. plan.In(Stage.Setup).Select(system => new CompiledSystem(system, store))];
        tick = [.. plan.Systems.Where(system => system.Definition.Stage != Stage.Setup).Select(system => new CompiledSystem(system, store))];
    }

    /// <summary>Why the arm stopped; null while it runs.</summary>
    public SystemFailedException? Failure { get; set; }

    /// <summary>The first failure of each onlooker: the arm goes on, without what they would have made.</summary>
    public IReadOnlyList<SystemFailedException> Mishaps => mishaps;

    public Entity Arm => arm;

    public void Setup() => Run(setup, -1, null);

    public void Tick(long step) => Run(tick, step, probe);

    void Run(CompiledSystem[] systems, long step, IProbe? probe)
    {
        try
        {
            foreach (var system in systems) Run(system, step, probe);
        }
        catch (SystemFailedException failure)
        {
            Failure = failure;
        }
        foreach (var system in tick) system.Forget();
        store.ClearAppends(arm);
    }

    void Run(CompiledSystem system, long step, IProbe? probe)
    {
        try
        {
            Guard.Run(system, arm.Name, step, arm.Device, probe);
        }
        catch (SystemFailedException mishap) when (system.Planned.Definition.Options.IsOnlooker)
        {
            if (!mishaps.Exists(earlier => earlier.System == mishap.System)) mishaps.Add(mishap);
        }
    }
}
