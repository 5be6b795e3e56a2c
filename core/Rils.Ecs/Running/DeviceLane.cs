using System.Collections.Concurrent;

namespace Rils.Ecs;

/// <summary>One device's thread: runs its arms one after the other, so that one arm's activations live at a time.</summary>
sealed class DeviceLane
{
    readonly BlockingCollection<Action> work = [];
    readonly BlockingCollection<Frame> frames = [];
    readonly Func<IDisposable> scope;
    readonly CompiledSystem[] before, after;
    readonly ArmRun[] arms;
    readonly Thread thread;
    SystemFailedException? hostFailure;

    public DeviceLane(string device, Plan plan, Func<IDisposable> scope)
    {
        (Device, this.scope) = (device, scope);
        Store.SetComponents(plan.World.Shared);
        Store.Set(plan.World.Shared, new DeviceName(device));
        before = [.. plan.Shared.In(Stage.Forward).Select(system => new CompiledSystem(system, Store))];
        after = [.. plan.Shared.In(Stage.Observe).Select(system => new CompiledSystem(system, Store))];
        arms = [.. plan.Arms.Where(arm => arm.Entity.Device == device).Select(arm => new ArmRun(arm, Store))];
        thread = new Thread(Work) { Name = $"rils device lane {device}", IsBackground = true };
        thread.Start();
    }

    public string Device { get; }

    public Store Store { get; } = new();

    public IReadOnlyList<ArmRun> Arms => arms;

    public void Give(Frame frame) => frames.Add(frame);

    public void EndOfFrames(SystemFailedException? failure)
    {
        hostFailure = failure;
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
        foreach (var arm in arms) arm.Setup();
    });

    /// <summary>Ticks as long as the pace allows.</summary>
    public Task Advance(Pace pace, int lane) => Run(() =>
    {
        try
        {
            while (pace.Begin(lane)) Tick(NextFrame(), pace);
        }
        catch
        {
            pace.Stop();
            throw;
        }
    });

    public void Stop()
    {
        work.CompleteAdding();
        thread.Join();
        while (frames.TryTake(out var frame)) frame.Finish();
    }

    Frame NextFrame()
    {
        if (frames.TryTake(out var frame, Timeout.Infinite)) return frame;
        throw (Exception?)hostFailure ?? new InvalidOperationException("no step is left to run");
    }

    void Tick(Frame frame, Pace pace)
    {
        frame.Take(Store);
        try
        {
            // A lane without arms goes on taking frames: the host lane waits for the slowest one.
            if (arms.All(arm => arm.Failure is not null)) return;
            using var tick = scope();
            foreach (var system in before) Guard.Run(system, null, frame.Step);
            foreach (var arm in arms.Where(arm => arm.Failure is null))
            {
                using var armScope = scope();
                arm.Tick(frame.Step);
                if (arm.Failure is not null) pace.ArmStopped();
            }
            foreach (var system in after) Guard.Run(system, null, frame.Step);
        }
        finally
        {
            foreach (var system in before)
                foreach (var slot in system.Made) slot.Clear();
            foreach (var system in after)
                foreach (var slot in system.Made) slot.Clear();
            frame.Finish();
        }
    }

    void Work()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
    }
}
