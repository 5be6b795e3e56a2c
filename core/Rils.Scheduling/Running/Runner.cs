namespace Rils.Scheduling;

/// <summary>Runs a plan: one host lane that works ahead, one device lane per device. Lane threads live until it is disposed.</summary>
/// <remarks>One thread calls it; only <see cref="Dispose"/> may come from another, and not from inside a system.</remarks>
public sealed class Runner : IDisposable
{
    readonly Plan plan;
    readonly HostLane host;
    readonly DeviceLane[] devices;
    readonly Pace pace;
    readonly long firstStep, endStep;
    volatile bool disposed;

    /// <summary>Compiles the plan's systems; nothing runs yet.</summary>
    /// <param name="plan">What runs.</param>
    /// <param name="firstStep">The step of the first tick.</param>
    /// <param name="endStep">One past the last tick's step.</param>
    /// <param name="scope">Opened around every tick, and inside it around every arm, on the device's thread. Not around Setup.</param>
    /// <param name="probe">Hears how long everything takes; without one no clock is read.</param>
    /// <param name="watch">Makes each lane's watch; without one a system that changes what it only reads is not found
    /// out.</param>
    /// <param name="inspector">Looks at what each system makes in Setup and in its first tick.</param>
    /// <param name="begin">Called on each lane's thread before anything else is.</param>
    public Runner(Plan plan, long firstStep, long endStep, Func<IDisposable>? scope = null, IProbe? probe = null,
        Func<IWatch>? watch = null, IInspector? inspector = null, Action? begin = null)
    {
        (this.plan, this.firstStep, this.endStep) = (plan, firstStep, endStep);
        string[] names = [.. plan.Arms.Select(arm => arm.Entity.Device).Distinct().Order(StringComparer.Ordinal)];
        pace = new Pace(firstStep, names.Length, plan.Arms.Count);
        devices = [.. names.Select((name, lane) =>
            new DeviceLane(name, plan, scope ?? (() => NoScope.Instance), pace, lane, probe, watch?.Invoke(), begin))];
        host = new HostLane(plan, devices, probe, watch?.Invoke(), begin);
        if (inspector is null) return;
        foreach (var store in devices.Select(device => device.Store).Append(host.Store))
            store.Inspect = (system, made) => inspector.Inspect(this, system, made);
    }

    /// <summary>The step of the next tick.</summary>
    public long Step => pace.Step;

    /// <summary>Why arms stopped, by the arms' names; the others go on. A system that runs once per world comes first, and stops all.</summary>
    public IReadOnlyList<SystemFailedException> Failures =>
        [.. devices.SelectMany(device => device.Failures).Distinct().OrderBy(failure => failure.Arm, StringComparer.Ordinal)];

    /// <summary>Failures of an arm's onlookers, in the order in which they happened; the arm went on.</summary>
    public IReadOnlyList<SystemFailedException> Mishaps(Entity arm) => Lane(arm).Mishaps(arm);

    /// <summary>Whether an arm has not stopped.</summary>
    public bool IsRunning(Entity arm) => Failures.All(failure => failure.Arm != arm.Name);

    /// <summary>Runs Setup: shared systems first, then the arms of every device.</summary>
    /// <exception cref="SystemFailedException">A system failed; of several arms the first by name. The other arms are set up, see <see cref="Failures"/>.</exception>
    public void Setup()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        host.Setup();
        Wait(devices.Select(device => device.Setup()));
        if (Failures is [var first, ..]) throw first;
    }

    /// <summary>Runs ticks up to a step, or until it is cancelled between two ticks or no arm is left.</summary>
    /// <param name="untilStep">One past the last step to run.</param>
    /// <param name="cancellation">All devices finish the same tick and stop there; see <see cref="Step"/>.</param>
    /// <exception cref="SystemFailedException">A system that runs once per world failed: then and in every later call.</exception>
    /// <exception cref="ObjectDisposedException">It is or was disposed meanwhile.</exception>
    public void Advance(long untilStep, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(untilStep, endStep);
        host.Start(firstStep, endStep);
        pace.GoOnUntil(untilStep);
        using var stop = cancellation.Register(pace.Stop);
        Wait(devices.Select(device => device.Advance()));
        ObjectDisposedException.ThrowIf(disposed, this);
    }

    /// <summary>Does something on the thread of an arm's device, between ticks, and waits for it.</summary>
    public void OnDevice(Entity arm, Action action)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Wait([Lane(arm).Run(action)]);
    }

    /// <summary>The value that an arm, an item or the world has of a type: a component, or State; Values die with their tick.</summary>
    /// <returns>Null where there is none.</returns>
    public T? Find<T>(Entity entity) where T : class =>
        (entity == plan.World.Shared ? host.Store : Lane(entity).Store).Find(new(entity, typeof(T)))?.Boxed as T;

    /// <summary>All State of an arm and its items by name: the type's, behind the item's (<c>simclr/ProjectionQueue</c>). Setup has made it.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> States(Entity arm) =>
        [.. plan.Arms.First(entry => entry.Entity == arm).In(Stage.Setup).SelectMany(StatesOf).OrderBy(state => state.Key, StringComparer.Ordinal)];

    /// <summary>Stops an arm between ticks, as if a system of its had failed; the others go on.</summary>
    public void Fail(Entity arm, string system, Exception cause) => Lane(arm).Fail(arm, new SystemFailedException(system, arm.Name, Step, cause));

    /// <summary>Stops all lanes after the ticks that they are in, then disposes the State that can be: of the arms, and of the world.</summary>
    public void Dispose()
    {
        disposed = true;
        pace.Stop();
        host.Stop();
        foreach (var device in devices) device.Stop();
        foreach (var state in AllStates().OfType<IDisposable>()) state.Dispose();
    }

    IEnumerable<object> AllStates() =>
        plan.Arms.SelectMany(arm => States(arm.Entity)).Select(state => state.Value).Concat(host.States()).Distinct(ReferenceEqualityComparer.Instance);

    IEnumerable<KeyValuePair<string, object>> StatesOf(PlannedSystem setup)
    {
        var store = Lane(setup.Entity).Store;
        foreach (var (parameter, place) in setup.Parameters.Zip(setup.Places))
            if (parameter.Access == Access.Create && store.Find(place)?.Boxed is { } state)
                yield return new($"{(place.Entity.Arm is null ? "" : $"{place.Entity.Name}/")}{TypeName.Of(place.Type)}", state);
    }

    DeviceLane Lane(Entity arm) => devices.First(device => device.Device == arm.Device);

    static void Wait(IEnumerable<Task> tasks) => Task.WhenAll([.. tasks]).GetAwaiter().GetResult();
}
