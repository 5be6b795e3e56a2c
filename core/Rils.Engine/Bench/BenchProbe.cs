using System.Diagnostics;
using Rils.Contract;
using Rils.Engine.Training;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>Records the time of everything in a step, and the sizes of the passes. Works for one device.</summary>
sealed class BenchProbe : IProbe, IDisposable
{
    readonly torch.Device device;
    readonly LaneTrace[] host, lane;
    readonly Dictionary<Entity, IReadOnlyList<int>>[] captions;
    readonly Dictionary<Entity, long>[] selected;
    readonly Dictionary<Entity, int> visible = [];
    readonly HashSet<PlannedSystem> makesCaptions, makesSelection, makesMask;
    readonly Entity shared;
    readonly SemaphoreSlim filling = new(1);

    public BenchProbe(Plan plan, int steps, torch.Device device)
    {
        this.device = device;
        (host, lane) = (NewTraces(steps), NewTraces(steps));
        captions = [.. Enumerable.Range(0, steps).Select(_ => new Dictionary<Entity, IReadOnlyList<int>>())];
        selected = [.. Enumerable.Range(0, steps).Select(_ => new Dictionary<Entity, long>())];
        shared = plan.World.Shared;
        makesCaptions = MakersOf<CaptionTokens>(plan.Arms);
        makesSelection = MakersOf<ImageSelection>(plan.Arms);
        makesMask = MakersOf<PatchMask>(plan.Arms);
    }

    /// <summary>Whether a call returns before the device has done its work, so that the probe must wait for the device
    /// after each system.</summary>
    public bool IsAsynchronous => device.type != DeviceType.CPU;

    /// <summary>The runner whose systems the probe records; the caller sets it before the first step.</summary>
    public Runner? Runner { get; set; }

    public LaneTrace Host(long step) => host[step];

    public LaneTrace Device(long step) => lane[step];

    /// <summary>The sizes of an arm's passes in a step. An arm without a gate masks all images.</summary>
    public PassSizes Sizes(long step, Entity arm, int batch) =>
        new(captions[step].GetValueOrDefault(arm, []),
            selected[step].TryGetValue(arm, out var images) ? (double)images / batch : 1,
            IsAsynchronous ? null : shared.Get<BatchParts>().Count,
            visible.TryGetValue(arm, out var patches) ? patches : null);

    /// <summary>Runs an action between two steps while the host lane stands still: the lane finishes its present frame
    /// and begins no other.</summary>
    /// <returns>The time that the action waited for that frame, in ticks of the stopwatch: the device would have waited
    /// for the frame too.</returns>
    public long BetweenSteps(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        filling.Wait();
        try
        {
            var waited = Stopwatch.GetTimestamp() - begun;
            action();
            return waited;
        }
        finally
        {
            filling.Release();
        }
    }

    public void Waited(string device, long step, long begun)
    {
        TraceOf(device, step).Waited = Stopwatch.GetTimestamp() - begun;
        if (IsHost(device)) filling.Wait();
    }

    public void Ran(string device, PlannedSystem system, long step, long begun)
    {
        if (makesCaptions.Contains(system))
            captions[step][Arm(system)!] = Runner!.Find<CaptionTokens>(Arm(system)!)!.Lengths;
        if (makesSelection.Contains(system))
            selected[step][Arm(system)!] = Runner!.Find<ImageSelection>(Arm(system)!)!.Images.shape[0];
        if (makesMask.Contains(system))
            visible[Arm(system)!] = (int)Runner!.Find<PatchMask>(Arm(system)!)!.Visible.shape[1];
        // Device synchronisation, in benchmarks only: a system's time ends when the device has done its work.
        if (IsAsynchronous && !IsHost(device)) torch.cuda.synchronize(this.device);
        TraceOf(device, step).Systems.Add((system, Stopwatch.GetTimestamp() - begun));
    }

    public void Watched(string device, long step, long begun) =>
        TraceOf(device, step).Watched += Stopwatch.GetTimestamp() - begun;

    public void Released(string device, long step, long begun) =>
        TraceOf(device, step).Released += Stopwatch.GetTimestamp() - begun;

    public void Ticked(string device, long step, long begun)
    {
        TraceOf(device, step).Busy = Stopwatch.GetTimestamp() - begun;
        if (IsHost(device)) filling.Release();
    }

    public void Dispose() => filling.Dispose();

    /// <summary>The arm for which a system ran; null for a system that runs once per world.</summary>
    public Entity? Arm(PlannedSystem system) => system.Entity == shared ? null : system.Entity.Arm ?? system.Entity;

    static bool IsHost(string device) => device.Length == 0;

    LaneTrace TraceOf(string device, long step) => (IsHost(device) ? host : lane)[step];

    static LaneTrace[] NewTraces(int steps) => [.. Enumerable.Range(0, steps).Select(_ => new LaneTrace())];

    // By reference: comparing all fields of planned systems in every tick would add to the scheduler's measured time.
    static HashSet<PlannedSystem> MakersOf<T>(params IEnumerable<EntityPlan> plans) =>
        plans.SelectMany(plan => plan.Systems)
            .Where(system => system.Parameters.Contains(new(typeof(T), Access.Create)))
            .ToHashSet<PlannedSystem>(ReferenceEqualityComparer.Instance);
}
