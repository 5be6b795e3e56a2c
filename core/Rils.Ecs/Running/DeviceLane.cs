using System.Collections.Concurrent;

namespace Rils.Ecs;

/// <summary>One device's thread: runs its arms one after the other, so that one arm's activations live at a time.</summary>
sealed class DeviceLane
{
    readonly BlockingCollection<Action> work = [];
    readonly BlockingCollection<Frame> frames = [];
    readonly Func<IDisposable> scope;
    readonly Pace pace;
    readonly IProbe? probe;
    readonly int lane;
    readonly Entity shared;
    readonly CompiledSystem[] before, after;
    readonly ArmRun[] arms;
    readonly Thread thread;
    Exception? failure;
    SystemFailedException? hostFailure;

    public DeviceLane(string device, Plan plan, Func<IDisposable> scope, Pace pace, int lane, IProbe? probe)
    {
        (Device, this.scope, this.pace, this.lane, this.probe, shared) = (device, scope, pace, lane, probe, plan.World.Shared);
        Store.SetComponents(shared);
        Store.Set(shared, new DeviceName(device));
        before = [.. plan.Shared.In(Stage.Forward).Select(system => new CompiledSystem(system, Store))];
        after = [.. plan.Shared.In(Stage.Observe).Select(system => new CompiledSystem(system, Store))];
        arms = [.. plan.Arms.Where(arm => arm.Entity.Device == device).Select(arm => new ArmRun(arm, Store, probe))];
        thread = new Thread(Work) { Name = $"rils device lane {device}", IsBackground = true };
        thread.Start();
    }

    public string Device { get; }

    public Store Store { get; } = new();

    /// <summary>Why its arms stopped, and why it did itself.</summary>
    public IEnumerable<SystemFailedException> Failures =>
        arms.Select(arm => arm.Failure).Append(failure as SystemFailedException).OfType<SystemFailedException>();

    public IReadOnlyList<SystemFailedException> Mishaps(Entity arm) => arms.First(run => run.Arm == arm).Mishaps;

    public void Give(Frame frame) => frames.Add(frame);

    public void EndOfFrames(SystemFailedException? failed)
    {
        hostFailure = failed;
        frames.CompleteAdding();
    }

    public Task Run(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    public Task Setup() => Run(() =>
    {
        foreach (var arm in arms)
        {
            arm.Setup();
            if (arm.Failure is not null) pace.ArmStopped();
        }
    });

    /// <summary>Ticks as long as the pace allows. A lane that failed stays so: its arms have missed a step.</summary>
    public Task Advance() => Run(() =>
    {
        try
        {
            if (failure is not null) throw failure;
            while (pace.Begin(lane)) Tick(NextFrame());
        }
        catch (Exception exception)
        {
            failure = exception;
            pace.Stop();
            throw;
        }
    });

    public void Fail(Entity arm, SystemFailedException cause)
    {
        var run = arms.First(run => run.Arm == arm);
        if (run.Failure is not null) return;
        run.Failure = cause;
        pace.ArmStopped();
    }

    public void Stop()
    {
        work.CompleteAdding();
        thread.Join();
        while (frames.TryTake(out var frame)) frame.Finish();
    }

    Frame NextFrame()
    {
        var begun = probe.Now();
        if (!frames.TryTake(out var frame, Timeout.Infinite)) throw (Exception?)hostFailure ?? new ObjectDisposedException(nameof(Runner));
        probe?.Waited(Device, frame.Step, begun);
        return frame;
    }

    void Tick(Frame frame)
    {
        var begun = probe.Now();
        try
        {
            frame.Take(Store);
            // A lane without arms goes on taking frames: the host lane waits for the slowest one.
            if (Array.TrueForAll(arms, arm => arm.Failure is not null)) return;
            using var tick = new TimedScope(scope(), probe, Device, frame.Step);
            foreach (var system in before) Guard.Run(system, null, frame.Step, Device, probe);
            foreach (var arm in arms.Where(arm => arm.Failure is null)) Tick(arm, frame.Step);
            foreach (var system in after) Guard.Run(system, null, frame.Step, Device, probe);
        }
        finally
        {
            foreach (var system in before) system.Forget();
            foreach (var system in after) system.Forget();
            Store.ClearAppends(shared);
            var finished = probe.Now();
            frame.Finish();
            probe?.Released(Device, frame.Step, finished);
            probe?.Ticked(Device, frame.Step, begun);
        }
    }

    void Tick(ArmRun arm, long step)
    {
        using var armScope = new TimedScope(scope(), probe, Device, step);
        arm.Tick(step);
        if (arm.Failure is not null) pace.ArmStopped();
    }

    void Work()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
    }
}
