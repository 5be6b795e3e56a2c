namespace Rils.Ecs;

/// <summary>Runs a plan: one host lane that works ahead, one device lane per device. Lane threads live until it is disposed.</summary>
public sealed class Runner : IDisposable
{
    readonly HostLane host;
    readonly DeviceLane[] devices;
    readonly Pace pace;
    readonly long firstStep, endStep;
    bool disposed;

    /// <summary>Compiles the plan's systems; nothing runs yet.</summary>
    /// <param name="plan">What runs.</param>
    /// <param name="firstStep">The step of the first tick.</param>
    /// <param name="endStep">One past the last tick's step.</param>
    /// <param name="scope">Opened around every tick, and inside it around every arm, on the device's thread. Not around Setup.</param>
    public Runner(Plan plan, long firstStep, long endStep, Func<IDisposable>? scope = null)
    {
        (this.firstStep, this.endStep) = (firstStep, endStep);
        devices = [.. plan.World.Arms.Select(arm => arm.Device).Distinct().Order(StringComparer.Ordinal)
            .Select(device => new DeviceLane(device, plan, scope ?? (() => NoScope.Instance)))];
        host = new HostLane(plan, devices);
        pace = new Pace(firstStep, devices.Length, plan.Arms.Count);
    }

    /// <summary>The step of the next tick.</summary>
    public long Step => pace.Step;

    /// <summary>Why arms stopped, by the arms' names; the others go on.</summary>
    public IReadOnlyList<SystemFailedException> Failures => [.. devices.SelectMany(device => device.Arms)
        .Select(arm => arm.Failure).OfType<SystemFailedException>().OrderBy(failure => failure.Arm, StringComparer.Ordinal)];

    /// <summary>Runs Setup: shared systems first, then the arms of every device.</summary>
    /// <exception cref="SystemFailedException">A system failed.</exception>
    public void Setup()
    {
        host.Setup();
        Wait(devices.Select(device => device.Setup()));
    }

    /// <summary>Runs ticks up to a step, or until it is cancelled between two ticks or no arm is left.</summary>
    /// <param name="untilStep">One past the last step to run.</param>
    /// <param name="cancellation">All devices finish the same tick and stop there; see <see cref="Step"/>.</param>
    /// <exception cref="SystemFailedException">A system that runs once per world failed.</exception>
    public void Advance(long untilStep, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(untilStep, endStep);
        host.Start(firstStep, endStep);
        pace.GoOnUntil(untilStep);
        using var stop = cancellation.Register(pace.Stop);
        Wait(devices.Select((device, lane) => device.Advance(pace, lane)));
    }

    /// <summary>Does something on the thread of an arm's device, between ticks, and waits for it.</summary>
    public void OnDevice(Entity arm, Action action) => Wait([Lane(arm).Run(action)]);

    /// <summary>The value that an arm has of a type: a component, or State; Values die with their tick.</summary>
    /// <returns>Null where there is none.</returns>
    public T? Find<T>(Entity entity) where T : class => Lane(entity.Arm ?? entity).Store.Slot(new(entity, typeof(T))).Boxed as T;

    /// <summary>Stops all lanes.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        host.Stop();
        foreach (var device in devices) device.Stop();
    }

    DeviceLane Lane(Entity arm) => devices.First(device => device.Device == arm.Device);

    static void Wait(IEnumerable<Task> tasks) => Task.WhenAll([.. tasks]).GetAwaiter().GetResult();
}
