using System.Diagnostics;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Bench;

/// <summary>Measures how fast the host lane makes batches when nothing holds it back and nothing else
/// computes.</summary>
static class LoaderRate
{
    const int Warmup = 3, AtLeast = 5, AtMost = 10_000;
    static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    /// <summary>Runs the experiment's Load and Prepare systems into a device lane that only frees the frames.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seed">The seed of the order and of the crops.</param>
    /// <param name="device">The device of the arms that name none.</param>
    /// <param name="trained">The plan of the experiment's arms, whose frames are made.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <returns>The rate, in samples per second.</returns>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static LoaderBench Measure(
        Experiment experiment, long seed, string device, Plan trained, CancellationToken cancellation)
    {
        var world = experiment.NewWorld(seed, device, arms: [], _ => null);
        world.Shared.Set(trained.World.Shared.Get<BatchShape>()).Set(trained.World.Shared.Get<CaptionEncoders>());
        world.AddArm("none");
        static void Free(in LoadedPixels _)
        {
        }
        SystemDefinition sink = new(Stage.Forward, "bench.sink", Free, new SystemOptions(), PluginRegistry.Engine);
        var plan = Experiment.PlanOf(world, experiment.Registry, [sink, .. TypedSystems.Ends(trained)]);
        using var runner = new Runner(plan, 0, AtMost);
        runner.Setup();
        runner.Advance(Warmup, cancellation);
        var begun = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested && runner.Step < AtMost
            && (runner.Step < Warmup + AtLeast || Stopwatch.GetElapsedTime(begun) < Enough))
            runner.Advance(runner.Step + 1, cancellation);
        var rate = (runner.Step - Warmup) * experiment.Context.BatchSize / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        cancellation.ThrowIfCancellationRequested();
        return new(runner.Step - Warmup, rate, rate / Environment.ProcessorCount);
    }
}
