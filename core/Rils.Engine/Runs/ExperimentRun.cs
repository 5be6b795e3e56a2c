using Rils.Engine.Experiments;
using Rils.Engine.Files;
using Rils.Engine.Loading;
using Rils.Engine.Plugins;

namespace Rils.Engine.Runs;

/// <summary>A whole run: every seed, into one folder.</summary>
public sealed class ExperimentRun(Experiment experiment, PluginSet plugins, IRunObserver observer)
{
    /// <summary>Trains and evaluates all arms. In a folder that was begun it goes on where the last checkpoint of each seed is.</summary>
    /// <param name="folder">A new folder, or one that <see cref="ResumeCheck"/> has passed.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Seen between steps and between the batches of an evaluation; a checkpoint is left to resume from.</param>
    /// <returns>How each arm of each finished seed ended: of all seeds, unless it was cancelled.</returns>
    public IReadOnlyList<ArmOutcome> Run(RunFolder folder, string device, CancellationToken cancellation)
    {
        if (!folder.IsBegun)
        {
            folder.WriteText(RunFolder.ExperimentFile, ResolvedExperiment.Write(experiment.Tree));
            folder.WriteJson(RunFolder.ManifestFile, RunManifest.Of(plugins, device, experiment.Settings.PrecisionOn(device)));
        }
        // Of what may differ, by ResumeCheck, only more seeds are written down.
        else if (ResolvedExperiment.Write(experiment.Tree) is var now && now != folder.ReadText(RunFolder.ExperimentFile)) folder.WriteText(RunFolder.ExperimentFile, now);
        List<ArmOutcome> outcomes = [];
        foreach (var seed in experiment.Settings.Seeds)
        {
            if (Run(folder, seed, device, cancellation) is not { } finished) break;
            outcomes.AddRange(finished);
            folder.WriteJson("results.json", outcomes);
        }
        return outcomes;
    }

    /// <summary>A finished seed is not run again. Where its file is damaged, what the last checkpoint has is brought to the end again.</summary>
    IReadOnlyList<ArmOutcome>? Run(RunFolder folder, long seed, string device, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Seed(seed), RunFolder.OutcomeFile);
        if (File.Exists(file) && RunJson.TryRead<List<ArmOutcome>>(File.ReadAllText(file)) is { } done
            && ArmOutcome.AreOf(experiment.Arms, done) && HasSamples(folder, done)) return done;
        if (cancellation.IsCancellationRequested) return null;
        using var run = new SeedRun(experiment, seed, device, folder, observer);
        if (run.Run(cancellation) is not { } outcomes) return null;
        DurableFile.WriteText(file, RunJson.Write(outcomes));
        return outcomes;
    }

    /// <summary>Else a file of samples is missing or damaged: the last evaluation is made again, from the last checkpoint.</summary>
    bool HasSamples(RunFolder folder, List<ArmOutcome> outcomes) =>
        outcomes.All(outcome => outcome.Heads.Where(head => head.Step == experiment.Context.Steps).ToArray() is not { Length: > 0 } last
            || ArmSamples.TryRead(folder.Arm(outcome.Seed, outcome.Arm), last) is not null);
}
