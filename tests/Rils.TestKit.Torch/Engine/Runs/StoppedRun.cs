using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Tests.Engine.Runs;

/// <summary>Begins a run and stops it in this process, since a kill of another one might come too late. <c>rils run
/// --resume</c> can go on with the folder.</summary>
static class StoppedRun
{
    /// <summary>Stops a run at the first pause of its training from a step on. The run leaves a checkpoint
    /// there.</summary>
    /// <param name="file">The experiment file.</param>
    /// <param name="folder">The run folder, which the call makes.</param>
    /// <param name="step">The earliest step at which the run may stop.</param>
    /// <param name="sets">Overrides of keys: <c>steps=12</c>.</param>
    /// <returns>The run folder.</returns>
    public static string At(long step, string file, string folder, params string[] sets)
    {
        using var stop = new CancellationTokenSource();
        Begin(file, folder, sets, stop, new CallbackSink(trained: at =>
        {
            if (at >= step) stop.Cancel();
        }));
        Assert.NotEmpty(Directory.GetDirectories(folder, "step-*", SearchOption.AllDirectories));
        return folder;
    }

    /// <summary>Stops a run when the second phase of the first seed is ready, and removes the folder of that
    /// phase.</summary>
    public static string BetweenPhases(string file, string folder)
    {
        using var stop = new CancellationTokenSource();
        var started = 0;
        Begin(file, folder, [], stop, new CallbackSink(started: _ =>
        {
            if (++started == 2) stop.Cancel();
        }));
        Directory.Delete(Path.Combine(folder, "seed-0", "phase-2"), recursive: true);
        return folder;
    }

    static void Begin(string file, string folder, string[] sets, CancellationTokenSource stop, ISink sink)
    {
        var plugins = TinyExperiment.Plugins;
        using var experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, sets);
        using var run = RunFolder.Create(folder);
        var outcomes = TestRun.Of(experiment, plugins, run, sink, stop.Token);
        Assert.True(outcomes.Count < experiment.Arms.Count * experiment.Settings.Seeds.Count,
            "it was not stopped in time");
    }
}
