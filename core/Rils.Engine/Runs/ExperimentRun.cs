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
            folder.WriteJson(RunFolder.ManifestFile, RunManifest.Of(experiment, plugins, device));
        }
        // Of what may differ, by ResumeCheck, only more seeds are written down.
        else if (ResolvedExperiment.Write(experiment.Tree) is var now && now != folder.ReadText(RunFolder.ExperimentFile)) folder.WriteText(RunFolder.ExperimentFile, now);
        // Weights of another shape are found now, not after the phase that makes them.
        if (experiment.Phases.Count > 1) ArmCost.Of(experiment);
        List<ArmOutcome> outcomes = [];
        foreach (var seed in experiment.Settings.Seeds)
        {
            if (Run(folder, seed, device, cancellation) is not { } finished) break;
            outcomes.AddRange(finished);
            KeepResults(folder, outcomes, isAll: seed == experiment.Settings.Seeds[^1]);
        }
        return outcomes;
    }

    /// <summary>Writes down the results so far where the file lacks them: a run may have been killed before it came to that.
    /// Those of later seeds, finished before, stay.</summary>
    static void KeepResults(RunFolder folder, IReadOnlyList<ArmOutcome> outcomes, bool isAll)
    {
        var there = RunJson.TryRead<List<ArmOutcome>>(folder.ReadText(RunFolder.ResultsFile) ?? "") ?? [];
        if (RunJson.Write(isAll ? there : there.Take(outcomes.Count)) != RunJson.Write(outcomes)) folder.WriteJson(RunFolder.ResultsFile, outcomes);
    }

    /// <summary>All phases of a seed, one after the other; null where it was cancelled.</summary>
    IReadOnlyList<ArmOutcome>? Run(RunFolder folder, long seed, string device, CancellationToken cancellation)
    {
        List<ArmOutcome> outcomes = [];
        foreach (var (index, arms) in experiment.Phases.Index())
        {
            if (Run(folder, new(seed, index + 1), arms, outcomes, device, cancellation) is not { } finished) return null;
            outcomes.AddRange(finished);
        }
        return [.. outcomes.OrderBy(outcome => experiment.Arms.Index().First(arm => arm.Item == outcome.Arm).Index)];
    }

    /// <summary>A finished phase is not run again. Where its file is damaged, what the last checkpoint has is brought to the end again.</summary>
    IReadOnlyList<ArmOutcome>? Run(
        RunFolder folder, RunPart part, IReadOnlyList<string> arms, IReadOnlyList<ArmOutcome> earlier, string device, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Part(part), RunFolder.OutcomeFile);
        if (File.Exists(file) && RunJson.TryRead<List<ArmOutcome>>(File.ReadAllText(file)) is { } done
            && ArmOutcome.AreOf(arms, done) && HasSamples(folder, done)) return done;
        if (cancellation.IsCancellationRequested) return null;
        ArmOutcome[] lost = [.. arms.Select(arm => Lost(arm, part.Seed, earlier)).OfType<ArmOutcome>()];
        string[] able = [.. arms.Except(lost.Select(outcome => outcome.Arm))];
        if (Train(folder, part, able, device, cancellation) is not { } trained) return null;
        IReadOnlyList<ArmOutcome> outcomes = [.. trained, .. lost];
        DurableFile.WriteText(file, RunJson.Write(outcomes));
        return outcomes;
    }

    IReadOnlyList<ArmOutcome>? Train(RunFolder folder, RunPart part, IReadOnlyList<string> arms, string device, CancellationToken cancellation)
    {
        if (arms.Count == 0) return [];
        using var run = new PhaseRun(experiment, part, arms, device, folder, observer);
        return run.Run(cancellation);
    }

    /// <summary>How an arm ends whose weights should come from one that stopped early; null for any other.</summary>
    ArmOutcome? Lost(string arm, long seed, IReadOnlyList<ArmOutcome> earlier)
    {
        var sources = experiment.ArmDefinitions.First(own => own.Name == arm).Origins.Values.Select(origin => origin.Arm);
        if (earlier.FirstOrDefault(outcome => outcome.Failure is not null && sources.Contains(outcome.Arm)) is not { } stopped) return null;
        var cause = $"arm {stopped.Arm}, whose weights it takes, stopped early";
        observer.Failed(seed, arm, cause);
        return new(arm, seed, 0, cause, []);
    }

    /// <summary>Else a file of samples is missing or damaged: the last evaluation is made again, from the last checkpoint.</summary>
    bool HasSamples(RunFolder folder, List<ArmOutcome> outcomes) =>
        outcomes.All(outcome => outcome.Heads.Where(head => head.Step == experiment.Context.Steps).ToArray() is not { Length: > 0 } last
            || ArmSamples.TryRead(folder.Arm(outcome.Seed, outcome.Arm), last) is not null);
}
