using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Bench;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The same training as <c>rils run</c> does it: images decoded and captions tokenized meanwhile, a schedule,
/// metrics.</summary>
sealed class EngineLoop : IDisposable
{
    static readonly PluginSet Plugins =
        PluginLoader.Load([.. Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal)]);

    readonly Experiment experiment;
    readonly BenchRun run;

    /// <param name="file">One of experiments/bench.</param>
    /// <param name="precision"><c>fp32</c> or <c>bf16</c>.</param>
    /// <param name="steps">How many will be made.</param>
    public EngineLoop(string file, string precision, int steps)
    {
        var loader = new ExperimentLoader(Plugins.Registry, NullLogger<ExperimentLoader>.Instance);
        experiment = loader.Load(Repository.Experiments("bench", file), [$"precision={precision}"]);
        run = new BenchRun(experiment, 0, "cpu", precision == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32, steps);
        run.Setup();
    }

    /// <summary>Batch size and vocabulary.</summary>
    public ExperimentContext Context => experiment.Context;

    /// <summary>How many numbers are trained.</summary>
    public long Parameters => Find<Weights>().Count;

    /// <summary>A module of the arm, or its State.</summary>
    public T Find<T>() where T : class => run.Find<T>(run.Plan.Arms[0].Entity);

    /// <summary>Trains one step.</summary>
    public void Step() => run.Step(CancellationToken.None);

    /// <summary>Does something while the host lane stands still.</summary>
    public void AtRest(Action action) => run.Probe.BetweenSteps(action);

    /// <summary>Length of the captions of a step that was made, as they ran.</summary>
    public int Tokens(long step) =>
        run.Probe.Sizes(step, run.Plan.Arms[0].Entity, Context.BatchSize).CaptionLengths.Max();

    public void Dispose()
    {
        run.Dispose();
        experiment.Dispose();
    }
}
