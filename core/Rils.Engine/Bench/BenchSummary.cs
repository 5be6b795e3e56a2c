using System.Diagnostics;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Training;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Bench;

/// <summary>Turns the traces of the measured steps into medians and shares.</summary>
sealed class BenchSummary(BenchRun run, int first, int count, int batch)
{
    readonly int[] steps = [.. Enumerable.Range(first, count)];

    public double StepMs => Median.Of(steps.Select(step => Ms(run.Ticks(step))));

    public double SamplesPerS => 1000 * batch / StepMs;

    public double PeakFlopsPerS => Median.Of(run.Peaks.Skip(first));

    public double FlopsPerSample => steps.Average(FlopsOf);

    public double FlopsPerS => Median.Of(steps.Select(step => FlopsOf(step) * batch / Seconds(run.Ticks(step))));

    public IReadOnlyList<ArmBench> Arms => field ??= [.. run.Plan.Arms.Select(Arm)];

    /// <summary>The times of the host lane. The lane counts as waiting while it is not busy; the matrix products, which
    /// a run does not make, would lengthen its wait otherwise.</summary>
    public LaneBench HostLane
    {
        get
        {
            var whole = Math.Max(Whole, steps.Sum(step => run.Probe.Host(step).Busy));
            var busy = steps.Sum(step => run.Probe.Host(step).Busy);
            return new(
                Systems(run.Probe.Host, whole),
                Median.Of(steps.Select(step => Ms(Math.Max(0, run.Ticks(step) - run.Probe.Host(step).Busy)))),
                (double)(whole - busy) / whole, null, WatchMs(run.Probe.Host), WatchShare(run.Probe.Host, whole),
                Median.Of(steps.Select(step => 1000 * Ms(run.Probe.Host(step).Scheduler))));
        }
    }

    public LaneBench DeviceLane => new(
        Systems(run.Probe.Device, Whole), Median.Of(steps.Select(step => Ms(run.Waited(step)))),
        (double)steps.Sum(step => run.Waited(step)) / Whole,
        Median.Of(steps.Select(step => Ms(run.Probe.Device(step).Released))), WatchMs(run.Probe.Device),
        WatchShare(run.Probe.Device, Whole),
        Median.Of(steps.Select(step => 1000 * Ms(run.Probe.Device(step).Scheduler))));

    public static double Ms(long ticks) => 1000 * Seconds(ticks);

    static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    long Whole => steps.Sum(step => run.Ticks(step));

    double WatchMs(Func<long, LaneTrace> traceOf) => Median.Of(steps.Select(step => Ms(traceOf(step).Watched)));

    double WatchShare(Func<long, LaneTrace> traceOf, long whole) =>
        (double)steps.Sum(step => traceOf(step).Watched) / whole;

    double FlopsOf(int step) => run.Plan.Arms.Sum(arm => (double)run.Cost(arm, step, batch).Training);

    SystemBench[] Systems(Func<long, LaneTrace> traceOf, long whole)
    {
        var systems = steps.SelectMany(step => traceOf(step).Systems)
            .GroupBy(ran => ran.System, ReferenceEqualityComparer.Instance);
        return [.. systems.Select(group =>
        {
            var system = (PlannedSystem)group.Key!;
            return new SystemBench(run.Probe.Arm(system)?.Name, $"{system.Definition.Stage}", system.Name,
                Median.Of(group.Select(ran => Ms(ran.Ticks))), (double)group.Sum(ran => ran.Ticks) / whole);
        })];
    }

    ArmBench Arm(EntityPlan arm)
    {
        var (weights, state) = (run.Find<Weights>(arm.Entity), run.Find<OptimizerState>(arm.Entity));
        ArmCost[] costs = [.. steps.Select(step => run.Cost(arm, step, batch))];
        PassSizes[] sizes = [.. steps.Select(step => run.Probe.Sizes(step, arm.Entity, batch))];
        long[] ticks = [.. steps.Select(step => run.Probe.Device(step)
            .Systems.Where(ran => run.Probe.Arm(ran.System) == arm.Entity).Sum(ran => ran.Ticks))];
        var ms = Median.Of(ticks.Select(Ms));
        var rate = Median.Of(ticks.Zip(costs, (took, cost) => cost.Training * batch / Seconds(took)));
        var isMasked = arm.Makes<VisibleTokens>();
        return new(
            arm.Entity.Name, weights.Count, ms, 1000 * batch / ms, sizes.Average(size => TextTokens(arm, size)),
            isMasked ? sizes.Average(size => size.SelectedShare) : null,
            costs.Average(cost => (double)cost.Forward), costs.Average(cost => (double)cost.Training), rate,
            rate / PeakFlopsPerS,
            weights.Groups.Append(weights.Frozen).OfType<ParameterGroup>()
                .Sum(group => Bytes(group.Values) + (group.Bf16 is { } rounded ? Bytes(rounded) : 0)),
            weights.Groups.Sum(group => Bytes(group.Gradient)), state.Tensors.Values.Sum(Bytes));
    }

    double TextTokens(EntityPlan arm, PassSizes sizes) =>
        run.Find<TextEncoder>(arm.Entity) is { } text && sizes.CaptionLengths.Count > 0
            ? CaptionGroups.Mean(sizes, text.Shape.Context, tokens => tokens) : 0;

    static long Bytes(Tensor tensor) => tensor.numel() * tensor.element_size();
}
