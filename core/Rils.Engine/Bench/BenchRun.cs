using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Execution;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>All arms of an experiment, trained for a few steps under a probe. Nothing is written, evaluated or kept.</summary>
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
        // Last: it starts threads.
        Probe.Runner = runner = experiment.NewRunner(Plan, 0, steps, torch.NewDisposeScope, Probe);
    }

    public Plan Plan { get; }

    public BenchProbe Probe { get; }

    /// <summary>Operations per second of the matrix products between the steps.</summary>
    public IReadOnlyList<double> Peaks => peaks;

    /// <summary>What the batches must have.</summary>
    public BatchShape Shape => world.Shared.Get<BatchShape>();

    /// <summary>Arms' modules and State.</summary>
    public T Find<T>(Entity arm) where T : class => runner.Find<T>(arm)!;

    /// <summary>What an arm's passes cost in a step, as they ran.</summary>
    public ArmCost Cost(EntityPlan arm, long step, int batch) => ArmCost.Of(arm, runner, Probe.Sizes(step, arm.Entity, batch));

    /// <summary>A step's whole time, in ticks of the stopwatch: waiting for the frame, then the tick.</summary>
    public long Ticks(long step) => Waited(step) + Probe.Device(step).Busy;

    /// <summary>What the device waited in a step. A frame that the pause after the step waited for would have been waited for by the next one.</summary>
    public long Waited(long step) => Probe.Device(step).Waited + parked[step];

    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public void Setup() => runner.SetupArms(Plan);

    /// <summary>Trains one step.</summary>
    /// <exception cref="SystemFailedException">An arm failed: a benchmark has no use for the others alone.</exception>
    public void Step(CancellationToken cancellation)
    {
        runner.Advance(runner.Step + 1, cancellation);
        if (runner.Failures is [var first, ..]) throw first;
    }

    /// <summary>Multiplies matrices on the device's thread, with the host lane at rest: after a step.</summary>
    public void MeasurePeak()
    {
        parked[runner.Step - 1] = Probe.BetweenSteps(() => OnDevice(() =>
        {
            products ??= new MatrixPeak(dtype, device);
            peaks.Add(products.Measure());
        }));
    }

    /// <summary>Lets go of the matrices, so that memory is the run's own.</summary>
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
