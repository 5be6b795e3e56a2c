namespace Rils.Ecs;

/// <summary>The thread that fills frames, at most two ahead of the slowest device lane.</summary>
sealed class HostLane
{
    const int Ahead = 2;

    readonly Store store = new();
    readonly Entity shared;
    readonly CompiledSystem[] setup, systems;
    readonly Place[] made, kept;
    readonly IReadOnlyList<DeviceLane> devices;
    readonly SemaphoreSlim room = new(Ahead);
    readonly CancellationTokenSource stop = new();
    Thread? thread;

    public HostLane(Plan plan, IReadOnlyList<DeviceLane> devices)
    {
        (this.devices, shared) = (devices, plan.World.Shared);
        store.SetComponents(shared);
        setup = [.. plan.Shared.In(Stage.Setup).Select(system => new CompiledSystem(system, store))];
        systems = [.. plan.Shared.Systems.Where(s => s.Lane == Lane.Host).Select(system => new CompiledSystem(system, store))];
        kept = [.. CreatedBy(plan.Shared.In(Stage.Setup))];
        made = [.. CreatedBy(plan.Shared.Systems.Where(s => s.Lane == Lane.Host))];
    }

    /// <summary>Runs the shared Setup systems on the calling thread, and gives what they made to the device lanes.</summary>
    public void Setup()
    {
        foreach (var system in setup) Guard.Run(system, null, -1);
        foreach (var device in devices) NewFrame(-1, kept, () => { }).Take(device.Store);
    }

    public void Start(long firstStep, long endStep)
    {
        if (thread is not null) return;
        thread = new Thread(() => Run(firstStep, endStep)) { Name = "rils host lane", IsBackground = true };
        thread.Start();
    }

    public void Stop()
    {
        stop.Cancel();
        thread?.Join();
    }

    void Run(long firstStep, long endStep)
    {
        SystemFailedException? failure = null;
        try
        {
            for (var step = firstStep; step < endStep; step++)
            {
                room.Wait(stop.Token);
                store.Set(shared, new Step(step));
                foreach (var system in systems) Guard.Run(system, null, step);
                Hand(NewFrame(step, [new(shared, typeof(Step)), .. made, .. kept], () => room.Release()));
            }
        }
        catch (SystemFailedException failed)
        {
            failure = failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        foreach (var device in devices) device.EndOfFrames(failure);
    }

    void Hand(Frame frame)
    {
        foreach (var place in made) store.Slot(place).Clear();
        store.ClearAppends(shared);
        foreach (var device in devices) device.Give(frame);
    }

    Frame NewFrame(long step, IEnumerable<Place> places, Action taken) =>
        new(step, [.. places.Select(place => (place, store.Slot(place).Boxed))], devices.Count, taken);

    static IEnumerable<Place> CreatedBy(IEnumerable<PlannedSystem> planned) =>
        planned.SelectMany(system => system.Parameters.Zip(system.Places).Where(pair => pair.First.Access == Access.Create).Select(pair => pair.Second));
}
