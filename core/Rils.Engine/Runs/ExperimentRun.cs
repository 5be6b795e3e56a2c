using Rils.Engine.Experiments;
using Rils.Engine.Loading;
using Rils.Engine.Plugins;

namespace Rils.Engine.Runs;

/// <summary>A whole run: every seed, into one folder.</summary>
public sealed class ExperimentRun(Experiment experiment, PluginSet plugins, IRunObserver observer)
{
    /// <summary>Trains and evaluates all arms.</summary>
    /// <param name="folder">A new folder.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Seen between steps.</param>
    /// <returns>How each arm of each seed ended.</returns>
    public IReadOnlyList<ArmOutcome> Run(RunFolder folder, string device, CancellationToken cancellation)
    {
        folder.WriteText("experiment.toml", ResolvedExperiment.Write(experiment.Tree));
        folder.WriteJson("manifest.json", RunManifest.Of(plugins, device));
        List<ArmOutcome> outcomes = [];
        foreach (var seed in experiment.Settings.Seeds)
        {
            using var run = new SeedRun(experiment, seed, device, folder, observer);
            outcomes.AddRange(run.Run(cancellation));
            folder.WriteJson("results.json", outcomes);
            if (cancellation.IsCancellationRequested) break;
        }
        return outcomes;
    }
}
