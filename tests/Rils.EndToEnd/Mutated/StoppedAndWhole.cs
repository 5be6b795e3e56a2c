using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Mutated;

/// <summary>A whole run of two seeds, and one that was stopped in the second seed after its second checkpoint, so that
/// the first seed has its outcome. All tests share both and damage copies.</summary>
public sealed class StoppedAndWhole : IDisposable
{
    readonly TinyExperiment tiny = new();

    public StoppedAndWhole()
    {
        Plugins = TinyExperiment.Plugins;
        Experiment = new ExperimentLoader(Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip),
                ["steps=16", "checkpoint.every=6", "seeds=[0, 1]"]);
        using (var folder = RunFolder.Create(Whole)) Run(folder, new CallbackSink(), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        using var begun = RunFolder.Create(Stopped);
        var heard = 0;
        Run(begun, new CallbackSink(step =>
        {
            if (step == 12 && heard++ == 1) stop.Cancel();
        }), stop.Token);
    }

    public PluginSet Plugins { get; }

    public Experiment Experiment { get; }

    public string Whole => tiny["whole"];

    public string Stopped => tiny["stopped"];

    public void Dispose()
    {
        Experiment.Dispose();
        tiny.Dispose();
    }

    void Run(RunFolder folder, CallbackSink sink, CancellationToken cancellation) =>
        TestRun.Of(Experiment, Plugins, folder, sink, cancellation);
}
