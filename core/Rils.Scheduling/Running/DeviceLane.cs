using System.Collections.Concurrent;

namespace Rils.Scheduling;

/// <summary>The thread of one device. The lane runs its arms one after the other, so that the activations of one arm
/// live at a time.</summary>
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
    readonly Stocks? stocks;
    readonly Guard guard;
    bool isFirst = true;
    readonly Thread thread;
    Exception? failure;
    SystemFailedException? hostFailure;

    public DeviceLane(string device, Plan plan, Func<IDisposable> scope, Pace pace, int lane, IProbe? probe,
        IWatch? watch, Action? begin)
    {
        (Device, this.scope, this.pace, this.lane, this.probe, shared) =
            (device, scope, pace, lane, probe, plan.World.Shared);
        Store.SetComponents(shared);
        Store.Set(shared, new DeviceName(device));
        before = [.. plan.Shared.In(Stage.Forward).Select(system => new CompiledSystem(system, Store))];
        after = [.. plan.Shared.In(Stage.Observe).Select(system => new CompiledSystem(system, Store))];
        arms = [.. plan.Arms.Where(arm => arm.Entity.Device == device).Select(arm => new ArmRun(arm, Store))];
        stocks = watch is null ? null : new(watch, [.. Given()]);
        guard = new(device, probe, watch, stocks);
        if (begin is not null) work.Add(begin);
        thread = new Thread(Work) { Name = $"rils device lane {device}", IsBackground = true };
        thread.Start();
    }

    public string Device { get; }

    public Store Store { get; } = new();

    /// <summary>Why arms of the lane stopped, and why the lane itself stopped.</summary>
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
            arm.Setup(guard);
            if (arm.Failure is not null) pace.ArmStopped();
        }
    });

    /// <summary>Runs ticks as long as the pace allows. A lane that has failed once fails again, since its arms have
    /// missed a step.</summary>
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
        if (!frames.TryTake(out var frame, Timeout.Infinite))
            throw (Exception?)hostFailure ?? new ObjectDisposedException(nameof(Runner));
        probe?.Waited(Device, frame.Step, begun);
        return frame;
    }

    void Tick(Frame frame)
    {
        var begun = probe.Now();
        try
        {
            frame.Take(Store);
            // A lane whose arms have all stopped still takes frames, since the host lane waits for the slowest lane.
            if (Array.TrueForAll(arms, arm => arm.Failure is not null)) return;
            using var tick = new TimedScope(scope(), probe, Device, frame.Step);
            Share(frame.Step);
            foreach (var arm in arms.Where(arm => arm.Failure is null)) Tick(arm, frame.Step);
            foreach (var system in after) guard.Run(system, null, frame.Step);
            isFirst = false;
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

    /// <summary>The shared values that the lane's ticks read and no system of the lane makes. State that only Setup
    /// reads is not among them: the host lane may change it at any time.</summary>
    IEnumerable<Cell> Given()
    {
        CompiledSystem[] own = [.. before, .. after];
        return own.Concat(arms.SelectMany(arm => arm.Systems)).SelectMany(system => system.OnlyRead)
            .Intersect(Store.MadeFor(shared)).Except(own.SelectMany(system => system.Made));
    }

    /// <summary>Makes the values of the frame that the arms share.</summary>
    void Share(long step)
    {
        guard.BeginTick(step, closely: isFirst);
        foreach (var system in before) guard.Run(system, null, step);
    }

    void Tick(ArmRun arm, long step)
    {
        using (new TimedScope(scope(), probe, Device, step)) arm.Tick(guard, step);
        var common = guard.EndArm(arm.Arm.Name, step);
        arm.Failure ??= common;
        if (arm.Failure is not { } failure) return;
        pace.ArmStopped();
        ShareAnew(failure, step);
    }

    /// <summary>Makes the shared values again where an arm that failed has changed them, so that the other arms go on
    /// as they would without that arm.</summary>
    /// <exception cref="SystemFailedException">A value that the lane was given has changed, and no system of the lane
    /// can make it again.</exception>
    void ShareAnew(SystemFailedException failure, long step)
    {
        if (stocks is null || stocks.IsSharedIntact) return;
        if (stocks.Lost() is not null)
            throw new SystemFailedException(failure.System, null, step, new UndeclaredChangeException(
                $"{failure.Message}. All arms share that, and no system of the device lane makes it anew, so that "
                    + "none can go on: let a system of Forward make a copy of it, for arms to read", failure));
        foreach (var system in before) system.Forget();
        Store.ClearAppends(shared);
        Share(step);
    }

    void Work()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
    }
}
