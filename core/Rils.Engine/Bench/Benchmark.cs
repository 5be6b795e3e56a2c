using System.Diagnostics;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Training;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>Measures an experiment on this machine: a few real training steps, with matrix products between them as a
/// yardstick.</summary>
public sealed class Benchmark(Experiment experiment, Action<BenchProgress> tell)
{
    /// <summary>The number of steps that do not count: the first steps touch memory for the first time and compile
    /// code.</summary>
    public const int Warmup = 3;

    // These steps come after the timed ones, because looking at memory takes time.
    const int MemorySteps = 2;

    /// <summary>Measures the experiment. The benchmark writes no file and evaluates no head.</summary>
    /// <param name="steps">The number of steps that count.</param>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Ends the benchmark between two steps.</param>
    /// <exception cref="OperationCanceledException">The benchmark was cancelled before all was measured.</exception>
    /// <exception cref="SystemFailedException">An arm failed.</exception>
    /// <exception cref="ExperimentException">The machine lacks a device that an arm names, or the arms name
    /// several.</exception>
    public BenchReport Run(int steps, string device, CancellationToken cancellation) =>
        Measure(steps, OneDevice(device), cancellation);

    /// <summary>The device of all arms: times of lanes side by side would not be those of the arms.</summary>
    string OneDevice(string usual)
    {
        experiment.RequireDevices(usual);
        var devices = experiment.DevicesOn(usual);
        if (ArmDevices.Each(devices).Count == 1) return devices;
        var arm = experiment.Tree.Arms.First(arm => arm.Device is not null);
        throw new ExperimentException([new(ArmDevices.SpanOf(arm), $"arm {arm.Name}: a benchmark measures one device, "
            + $"and the arms are on {devices}: leave arms out by --set arm.NAME=none, or their device by --set "
            + $"arm.{arm.Name}.{ArmTree.DeviceKey}=none")]);
    }

    BenchReport Measure(int steps, string device, CancellationToken cancellation)
    {
        var (seed, precision) = (experiment.Settings.Seeds[0], experiment.Settings.PrecisionOn(device));
        var dtype = precision == Precision.Bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
        using var run = new BenchRun(experiment, seed, device, dtype, Warmup + steps + MemorySteps);
        run.Setup();
        var firstStep = TimeSpan.Zero;
        for (var step = 0; step < Warmup + steps; step++)
        {
            run.Step(cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (step == 0) firstStep = SinceProcessStart();
            run.MeasurePeak();
            Tell(step, steps, run.Ticks(step));
        }
        tell(new("memory", 0, 0, null));
        var summary = new BenchSummary(run, Warmup, steps, experiment.Context.BatchSize);
        var memory = MemoryOf(run, summary.Arms, cancellation);
        tell(new("loader", 0, 0, null));
        var loader = LoaderRate.Measure(experiment, seed, device, run.Plan, cancellation);
        return new(experiment.Settings.Name, device, precision.ToString().ToLowerInvariant(),
            RunMachine.Machine(device), RunMachine.Libraries(), Warmup, steps, experiment.Context.BatchSize,
            run.Probe.IsAsynchronous, firstStep.TotalSeconds, summary.StepMs, summary.SamplesPerS,
            summary.FlopsPerSample, summary.FlopsPerS, summary.PeakFlopsPerS, MatrixPeak.SideOn(torch.device(device)),
            summary.FlopsPerS / summary.PeakFlopsPerS,
            summary.Arms, summary.HostLane, summary.DeviceLane, loader, memory);
    }

    void Tell(int step, int steps, long ticks) => tell(step < Warmup ? new("warm-up", step + 1, Warmup, null)
        : new("step", step + 1 - Warmup, steps, BenchSummary.Ms(ticks)));

    static TimeSpan SinceProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return DateTime.Now - process.StartTime;
    }

    static MemoryBench MemoryOf(BenchRun run, IReadOnlyList<ArmBench> arms, CancellationToken cancellation)
    {
        run.EndPeaks();
        using var process = Process.GetCurrentProcess();
        var whole = ResidentMemory.Peak ?? process.PeakWorkingSet64;
        List<long> between = [], above = [];
        for (var step = 0; step < MemorySteps; step++)
        {
            ResidentMemory.ReturnFreed();
            var isReset = ResidentMemory.ForgetPeak();
            var before = ResidentMemory.Now;
            run.Step(cancellation);
            if (before is null) continue;
            between.Add(before.Value);
            if (!isReset || ResidentMemory.Peak is not { } peak) continue;
            above.Add(peak - before.Value);
            whole = Math.Max(whole, peak);
        }
        return new(
            whole > 0 ? whole : null, between.Count > 0 ? between.Max() : null,
            above.Count > 0 && !run.Probe.IsAsynchronous ? above.Max() : null,
            arms.Sum(arm => arm.ParametersBytes), arms.Sum(arm => arm.GradientsBytes),
            arms.Sum(arm => arm.MomentsBytes));
    }
}
