using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Execution;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>Trains all arms of an experiment for a few steps under a probe, and writes, evaluates and keeps
/// nothing.</summary>
sealed class BenchRun : IDisposable
{
    readonly World world;
    readonly Runner runner;
    readonly long[] parked;
    readonly List<double> peaks = [];
    readonly torch.ScalarType dtype;
    readonly torch.Device device;
    MatrixPeak? products;

    public BenchRun(Experiment experiment, long seed, string device, torch.ScalarType dtype, int steps)
    {
        (this.device, this.dtype, parked) = (torch.device(device), dtype, new long[steps]);
        world = experiment.NewWorld(seed, device);
        Plan = experiment.PlanOf(world);
        Probe = new BenchProbe(Plan, steps, this.device);
        // The runner comes last, because it starts threads.
        Probe.Runner = runner = experiment.NewRunner(Plan, 0, steps, torch.NewDisposeScope, Probe);
    }

    public Plan Plan { get; }

    public BenchProbe Probe { get; }

    /// <summary>Floating-point operations per second of the matrix products between the steps.</summary>
    public IReadOnlyList<double> Peaks => peaks;

    /// <summary>A module or State of an arm.</summary>
    public T Find<T>(Entity arm) where T : class => runner.Find<T>(arm)!;

    /// <summary>The cost of an arm's passes in a step, as they ran.</summary>
    public ArmCost Cost(EntityPlan arm, long step, int batch) =>
        ArmCost.Of(arm, runner, Probe.Sizes(step, arm.Entity, batch));

    /// <summary>The whole time of a step, in ticks of the stopwatch: waiting for the frame, then the tick.</summary>
    public long Ticks(long step) => Waited(step) + Probe.Device(step).Busy;

    /// <summary>The time that the device waited for the frame of a step, in ticks of the stopwatch. Where the pause
    /// after the step waited for the next frame, that time counts too: a run would have waited for the frame.</summary>
    public long Waited(long step) => Probe.Device(step).Waited + parked[step];

    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public void Setup() => runner.SetupArms(Plan);

    /// <summary>Trains one step.</summary>
    /// <exception cref="SystemFailedException">An arm failed: a benchmark of the other arms alone would be of no
    /// use.</exception>
    public void Step(CancellationToken cancellation)
    {
        runner.Advance(runner.Step + 1, cancellation);
        if (runner.Failures is [var first, ..]) throw first;
    }

    /// <summary>Multiplies matrices on the device's thread after a step, while the host lane stands still.</summary>
    public void MeasurePeak()
    {
        parked[runner.Step - 1] = Probe.BetweenSteps(() => OnDevice(() =>
        {
            products ??= new MatrixPeak(dtype, device);
            peaks.Add(products.Measure());
        }));
    }

    /// <summary>Frees the matrices, so that the memory measured later is the run's own.</summary>
    public void EndPeaks() => OnDevice(() =>
    {
        products?.Dispose();
        products = null;
    });

    public void Dispose()
    {
        EndPeaks();
        runner.Dispose();
        Probe.Dispose();
    }

    void OnDevice(Action action) => runner.OnDevice(world.Arms[0], action);
}
