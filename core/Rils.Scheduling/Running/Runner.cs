namespace Rils.Scheduling;

/// <summary>Runs a plan: one host lane that works ahead, one device lane per device. The lanes' threads live until the
/// runner is disposed.</summary>
/// <remarks>One thread calls the runner; only <see cref="Dispose"/> may come from another thread, and not from inside a
/// system.</remarks>
public sealed class Runner : IDisposable
{
    readonly Plan plan;
    readonly HostLane host;
    readonly DeviceLane[] devices;
    readonly Pace pace;
    readonly long firstStep, endStep;
    volatile bool disposed;

    /// <summary>Compiles the plan's systems; nothing runs yet.</summary>
    /// <param name="plan">The plan to run.</param>
    /// <param name="firstStep">The step of the first tick, from 0; above 0 in a run that goes on from a
    /// checkpoint.</param>
    /// <param name="endStep">One past the last tick's step.</param>
    /// <param name="scope">Opens a scope (for tensors, say) around every tick, and inside it around every arm, on the
    /// device lane's thread; the lane disposes the scope. Not called around Setup. Null for none.</param>
    /// <param name="probe">Hears how long everything takes; null for none, and then no clock is read.</param>
    /// <param name="watch">Makes the watch of each lane. Null for none: then nobody finds a system that changes a value
    /// that it only reads.</param>
    /// <param name="inspector">Looks at the values that each system makes in Setup and in its first tick; null for
    /// none.</param>
    /// <param name="begin">Called first on each lane's thread, before any system; null for nothing.</param>
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
            store.Inspect = (system, step, made) => inspector.Inspect(this, system, step, made);
    }

    /// <summary>The step of the next tick, from 0.</summary>
    public long Step => pace.Step;

    /// <summary>Why arms stopped, in the order of the arms' names; the other arms go on. A failure of a system that
    /// runs once per world comes first, and stops all arms.</summary>
    public IReadOnlyList<SystemFailedException> Failures =>
        [.. devices.SelectMany(device => device.Failures).Distinct()
            .OrderBy(failure => failure.Arm, StringComparer.Ordinal)];

    /// <summary>Lists the failures of an arm's passive systems; the arm went on without their values.</summary>
    /// <param name="arm">An arm of the plan's world.</param>
    /// <returns>Each passive system's first failure, in the order in which they happened.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="arm"/> is not in the plan.</exception>
    public IReadOnlyList<SystemFailedException> Mishaps(Entity arm) => Lane(arm).Mishaps(arm);

    /// <summary>Whether an arm still runs.</summary>
    /// <param name="arm">An arm of the plan's world.</param>
    /// <returns>False once a system of the arm has failed or <see cref="Fail"/> stopped the arm.</returns>
    public bool IsRunning(Entity arm) => Failures.All(failure => failure.Arm != arm.Name);

    /// <summary>Runs Setup: shared systems on the calling thread first, then the systems of every arm on the arm's
    /// device, one device after the other, so that each system has the process's only generator of random numbers to
    /// itself.</summary>
    /// <exception cref="SystemFailedException">A system failed. Where several arms fail, the exception is that of the
    /// first by name; the other arms are set up, see <see cref="Failures"/>.</exception>
    /// <exception cref="ObjectDisposedException">The runner is disposed.</exception>
    public void Setup()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        host.Setup();
        foreach (var device in devices) device.Setup().GetAwaiter().GetResult();
        if (Failures is [var first, ..]) throw first;
    }

    /// <summary>Runs ticks up to a step. The ticks end earlier where the call is cancelled, or no arm is
    /// left.</summary>
    /// <param name="untilStep">One past the last step to run, at most the runner's end step.</param>
    /// <param name="cancellation">Cancels between two ticks: all devices finish the same tick and stop there; see
    /// <see cref="Step"/>.</param>
    /// <exception cref="SystemFailedException">A system that runs once per world failed, in this call or an earlier
    /// one.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="untilStep"/> is above the runner's end
    /// step.</exception>
    /// <exception cref="ObjectDisposedException">The runner is disposed, or was disposed during the call.</exception>
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

    /// <summary>Runs an action on the thread of an arm's device lane, between ticks, and waits for its end.</summary>
    /// <param name="arm">An arm of the plan's world.</param>
    /// <param name="action">The action. An exception that it throws is thrown here.</param>
    /// <exception cref="InvalidOperationException">No arm of the plan is on that device.</exception>
    /// <exception cref="ObjectDisposedException">The runner is disposed.</exception>
    public void OnDevice(Entity arm, Action action)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Wait([Lane(arm).Run(action)]);
    }

    /// <summary>Finds the value that an arm, an item or the world has of a type. Between ticks that is a component or
    /// State, since Values die with their tick.</summary>
    /// <typeparam name="T">The type as systems name it.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <returns>The value; null where there is none.</returns>
    /// <exception cref="InvalidOperationException">No arm of the plan is on the entity's device.</exception>
    public T? Find<T>(Entity entity) where T : class => Find(entity, typeof(T)) as T;

    /// <summary>Finds the value that an arm, an item or the world has of a type that is known only at run
    /// time.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="type">The type as systems name it.</param>
    /// <returns>The value; null where there is none.</returns>
    public object? Find(Entity entity, Type type) =>
        (entity == plan.World.Shared ? host.Store : Lane(entity).Store).Find(new(entity, type))?.Boxed;

    /// <summary>Lists the State that Setup has made for an arm and its items.</summary>
    /// <param name="arm">An arm of the plan's world.</param>
    /// <returns>Each State by its type's name, in the order of the names. An item's name stands before that of its
    /// State: <c>simclr/ProjectionQueue</c>. Where two types of the arm have one name, each has its full name, after
    /// that of its assembly: <c>[Alice]Alice.Queue</c>.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="arm"/> is not in the plan.</exception>
    public IReadOnlyList<KeyValuePair<string, object>> States(Entity arm)
    {
        var states = plan.Arms.First(entry => entry.Entity == arm).In(Stage.Setup).SelectMany(StatesOf)
            .ToLookup(state => $"{Owner(state.Place)}{TypeName.Of(state.Place.Type)}");
        return [.. states.SelectMany(same => same.Select(state => KeyValuePair.Create(same.Count() == 1 ? same.Key
            : $"{Owner(state.Place)}[{state.Place.Type.Assembly.GetName().Name}]{state.Place.Type.FullName}",
            state.Value))).OrderBy(state => state.Key, StringComparer.Ordinal)];
    }

    /// <summary>Stops an arm between ticks, as if one of its systems had failed; the other arms go on. Does nothing
    /// where the arm has stopped already.</summary>
    /// <param name="arm">An arm of the plan's world.</param>
    /// <param name="system">The name of the system, or of the work, that failed: for the message.</param>
    /// <param name="cause">Why the arm stops; the message ends with its words.</param>
    /// <exception cref="InvalidOperationException"><paramref name="arm"/> is not in the plan.</exception>
    public void Fail(Entity arm, string system, Exception cause) =>
        Lane(arm).Fail(arm, new SystemFailedException(system, arm.Name, Step, cause));

    /// <summary>Stops all lanes at the end of their present ticks, then disposes every State that is
    /// <see cref="IDisposable"/>: of the arms, and of the world.</summary>
    public void Dispose()
    {
        disposed = true;
        pace.Stop();
        host.Stop();
        foreach (var device in devices) device.Stop();
        foreach (var state in AllStates().OfType<IDisposable>()) state.Dispose();
    }

    IEnumerable<object> AllStates() =>
        plan.Arms.SelectMany(arm => States(arm.Entity)).Select(state => state.Value).Concat(host.States())
            .Distinct(ReferenceEqualityComparer.Instance);

    static string Owner(Place place) => place.Entity.Arm is null ? "" : $"{place.Entity.Name}/";

    IEnumerable<(Place Place, object Value)> StatesOf(PlannedSystem setup)
    {
        var store = Lane(setup.Entity).Store;
        foreach (var (parameter, place) in setup.Parameters.Zip(setup.Places))
            if (parameter.Access == Access.Create && store.Find(place)?.Boxed is { } state)
                yield return (place, state);
    }

    DeviceLane Lane(Entity arm) => devices.First(device => device.Device == arm.Device);

    static void Wait(IEnumerable<Task> tasks) => Task.WhenAll([.. tasks]).GetAwaiter().GetResult();
}
