namespace Rils.Scheduling;

/// <summary>The thread that fills frames, at most two ahead of the slowest device lane.</summary>
sealed class HostLane
{
    const int Ahead = 2;

    readonly Entity shared;
    readonly CompiledSystem[] setup, systems;
    readonly Place[] made, kept;
    readonly IReadOnlyList<DeviceLane> devices;
    readonly IProbe? probe;
    readonly Action? begin;
    readonly Guard guard, firstGuard;
    bool isFirst = true;
    readonly SemaphoreSlim room = new(Ahead);
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    Thread? thread;

    public HostLane(Plan plan, IReadOnlyList<DeviceLane> devices, IProbe? probe, IWatch? watch, Action? begin)
    {
        (this.devices, this.probe, this.begin, shared) = (devices, probe, begin, plan.World.Shared);
        (guard, firstGuard) = (new("", probe, null, null), new("", probe, watch, null));
        Store.SetComponents(shared);
        PlannedSystem[] onHost = [.. plan.Shared.Systems.Where(system => system.Lane == Lane.Host)];
        setup = [.. plan.Shared.In(Stage.Setup).Select(system => new CompiledSystem(system, Store))];
        systems = [.. onHost.Select(system => new CompiledSystem(system, Store))];
        kept = [.. plan.Shared.In(Stage.Setup).SelectMany(CreatedBy)];
        made = [new(shared, typeof(Step)), .. onHost.SelectMany(CreatedBy)];
    }

    public Store Store { get; } = new();

    /// <summary>Runs the shared Setup systems on the calling thread, and gives the State that they made to the device
    /// lanes.</summary>
    public void Setup()
    {
        foreach (var system in setup) firstGuard.Setup(system, null);
        Store.ClearAppends(shared);
        foreach (var device in devices) device.Store.Write(Store.Read(kept));
    }

    /// <summary>The State that the shared Setup systems made.</summary>
    public IEnumerable<object> States() => Store.Read(kept).Select(state => state.Item2).OfType<object>();

    public void Start(long firstStep, long endStep)
    {
        lock (gate)
        {
            if (thread is not null || devices.Count == 0) return;
            thread = new Thread(() => Run(firstStep, endStep)) { Name = "rils host lane", IsBackground = true };
            thread.Start();
        }
    }

    public void Stop()
    {
        stop.Cancel();
        lock (gate) thread?.Join();
    }

    void Run(long firstStep, long endStep)
    {
        SystemFailedException? failure = null;
        begin?.Invoke();
        try
        {
            for (var step = firstStep; step < endStep; step++)
            {
                var begun = probe.Now();
                room.Wait(stop.Token);
                probe?.Waited("", step, begun);
                Store.Set(shared, new Step(step));
                var frame = Fill(step);
                foreach (var device in devices) device.Give(frame);
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

    Frame Fill(long step)
    {
        var begun = probe.Now();
        try
        {
            // Settings belong to the process. The lane watches them in the first tick only, before any arm runs: later
            // the watch could not say which lane changed them.
            var own = isFirst ? firstGuard : guard;
            isFirst = false;
            own.BeginTick(step, closely: true);
            foreach (var system in systems) own.Run(system, null, step);
        }
        catch
        {
            NewFrame(step).Dispose();
            throw;
        }
        finally
        {
            probe?.Ticked("", step, begun);
        }
        return NewFrame(step);
    }

    /// <summary>Moves the values that the systems made into a frame.</summary>
    Frame NewFrame(long step)
    {
        var frame = new Frame(step, Store.Read(made), devices.Count, () => room.Release());
        foreach (var system in systems) system.Forget();
        Store.ClearAppends(shared);
        return frame;
    }

    static IEnumerable<Place> CreatedBy(PlannedSystem system) =>
        system.Parameters.Zip(system.Places).Where(pair => pair.First.Access == Access.Create)
            .Select(pair => pair.Second);
}
