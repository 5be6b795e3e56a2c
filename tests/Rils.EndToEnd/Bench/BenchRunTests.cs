using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Bench;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Training;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Bench;

public sealed class BenchRunTests : IDisposable
{
    const int Steps = 4, Batch = 12;

    readonly TinyExperiment tiny = new();
    readonly Experiment experiment;
    readonly BenchRun run;

    public BenchRunTests()
    {
        var plugins = TinyExperiment.Plugins;
        experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip), ["compute.parts=4"]);
        run = new BenchRun(experiment, 0, "cpu", ScalarType.Float32, Steps);
        run.Setup();
        for (var step = 0; step < Steps; step++)
        {
            run.Step(CancellationToken.None);
            run.MeasurePeak();
        }
    }

    public void Dispose()
    {
        run.Dispose();
        experiment.Dispose();
        tiny.Dispose();
    }

    [Fact]
    public void Operations_are_those_of_the_padded_captions_and_the_selected_images_by_a_count_by_hand()
    {
        for (var step = 0; step < Steps; step++)
            foreach (var arm in run.Plan.Arms)
            {
                var sizes = run.Probe.Sizes(step, arm.Entity, Batch);
                Assert.Equal(Batch, sizes.CaptionLengths.Count);
                // The three captions of a part are one group, padded to a multiple of four.
                var tokens = sizes.CaptionLengths.Chunk(3).Select(part => Math.Min(16, (part.Max() + 3) / 4 * 4));
                // An image has 16 patches of 192 numbers; one image and one sentence are projected.
                long full = 2 * 16 * 192 * 16 + 2 * Block(17),
                    text = (long)tokens.Average(padded => (double)Block(padded)),
                    projections = 2 * (2 * 16 * 16);
                long visible = 2 * 4 * 192 * 16 + 2 * Block(5),
                    decoder = 2 * 5 * 16 * 16 + Block(17) + 2 * 17 * 16 * 16;
                var masked = arm.Entity.Name == "rils"
                    ? Filled(arm.Entity, step, sizes.SelectedShare) * (visible + decoder) : 0;
                Assert.Equal(3 * (full + text + projections + masked), run.Cost(arm, step, Batch).Training, 3.0 * 2);
            }
    }

    [Fact]
    public void Every_planned_system_has_a_time_in_every_step()
    {
        string[] expected = [.. run.Plan.Shared.Systems.Concat(run.Plan.Arms.SelectMany(arm => arm.Systems))
            .Where(system => system.Definition.Stage != Stage.Setup).Select(Name).Order(StringComparer.Ordinal)];
        for (var step = 0; step < Steps; step++)
        {
            var traced = run.Probe.Host(step).Systems.Concat(run.Probe.Device(step).Systems).ToArray();
            Assert.Equal(expected, traced.Select(ran => Name(ran.System)).Order(StringComparer.Ordinal));
            Assert.All(traced, ran => Assert.True(ran.Ticks >= 0));
            Assert.True(run.Probe.Device(step).Scheduler > 0);
            Assert.True(run.Ticks(step) >= run.Probe.Device(step).Systems.Sum(ran => ran.Ticks) + run.Waited(step));
        }
    }

    [Fact]
    public void The_machine_is_measured_after_every_step_and_an_arms_time_is_its_own()
    {
        Assert.Equal(Steps, run.Peaks.Count);
        Assert.All(run.Peaks, peak => Assert.InRange(peak, 1e8, 1e16));
        var summary = new BenchSummary(run, 1, Steps - 1, Batch);
        Assert.Equal(["rils", "clip"], summary.Arms.Select(arm => arm.Arm));
        Assert.True(summary.Arms.Sum(arm => arm.StepMs) <= summary.StepMs * 1.5);
        Assert.Equal(summary.FlopsPerSample, summary.Arms.Sum(arm => arm.FlopsPerSample), 1.0);
        Assert.Equal(1, summary.DeviceLane.Systems.Sum(system => system.Share) + summary.DeviceLane.WaitingShare, 0.5);
    }

    static string Name(PlannedSystem system) => $"{system.Entity} {system.Name}";

    /// <summary>The floating-point operations of a pre-norm block of width 16 over n tokens: four projections of 16 x
    /// 16, two of 16 x 64, two products of n x n x 16.</summary>
    static long Block(long n) => 2 * n * (4 * 16 * 16 + 2 * 16 * 64) + 2 * 2 * n * n * 16;

    /// <summary>The share of images in the masked pass. The gate selects most images in one of the four parts, and the
    /// other parts are filled up to that number.</summary>
    double Filled(Entity arm, int step, double share)
    {
        Assert.InRange(share, Gate(arm, step), 4 * Gate(arm, step));
        Assert.Equal(0, Math.Round(share * Batch) % 4);
        return share;
    }

    /// <summary>The share of images that the gate selects, as the target's own metric gives it.</summary>
    double Gate(Entity arm, int step)
    {
        var log = run.Find<MetricLog>(arm);
        log.Drain();
        rows.AddRange(log.Take());
        return rows.Single(row => row.Step == step).Values.Single(value => value.Key == "language.gate").Value;
    }

    readonly List<MetricRow> rows = [];
}
