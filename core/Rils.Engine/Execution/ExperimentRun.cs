using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>A whole run: every seed, into one folder.</summary>
public sealed class ExperimentRun(Experiment experiment, PluginSet plugins, IRunObserver observer)
{
    /// <summary>Trains and evaluates all arms. In a folder that was begun it goes on where the last checkpoint of each seed is.</summary>
    /// <param name="folder">A new folder, or one that <see cref="ResumeCheck"/> has passed.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Seen between steps and between the batches of an evaluation; a checkpoint is left to resume from.</param>
    /// <param name="accepted">What <c>--accept</c> lets differ: it is written down.</param>
    /// <returns>How each arm of each finished seed ended: of all seeds, unless it was cancelled.</returns>
    /// <exception cref="InvalidDataException">A file of a run that goes on is damaged; the message names it and the way
    /// out.</exception>
    public IReadOnlyList<ArmOutcome> Run(RunFolder folder, string device, CancellationToken cancellation,
        params IReadOnlyList<string> accepted)
    {
        var record = RunRecord.Open(folder, experiment, CurrentMeans.Of(experiment, plugins, device), accepted);
        // Weights of another shape are found now, not after the phase that makes them.
        if (experiment.Phases.Count > 1) ArmCost.Of(experiment);
        List<ArmOutcome> outcomes = [];
        foreach (var seed in experiment.Settings.Seeds)
        {
            if (Run(folder, record, seed, device, cancellation) is not { } finished) break;
            outcomes.AddRange(finished);
            KeepResults(folder, outcomes, isAll: seed == experiment.Settings.Seeds[^1]);
        }
        return outcomes;
    }

    /// <summary>Writes down the results so far where the file lacks them: a run may have been killed before it came to
    /// that. Those of later seeds, finished before, stay.</summary>
    static void KeepResults(RunFolder folder, IReadOnlyList<ArmOutcome> outcomes, bool isAll)
    {
        var there = RunJson.TryRead<List<ArmOutcome>>(folder.ReadText(RunFolder.ResultsFile) ?? "") ?? [];
        if (RunJson.Write(isAll ? there : there.Take(outcomes.Count)) != RunJson.Write(outcomes))
            folder.WriteJson(RunFolder.ResultsFile, outcomes);
    }

    /// <summary>All phases of a seed, one after the other; null where it was cancelled.</summary>
    IReadOnlyList<ArmOutcome>? Run(RunFolder folder, RunRecord record, long seed, string device,
        CancellationToken cancellation)
    {
        List<ArmOutcome> outcomes = [];
        foreach (var (index, arms) in experiment.Phases.Index())
        {
            if (Run(folder, record, new(seed, index + 1), arms, outcomes, device, cancellation) is not { } finished)
                return null;
            outcomes.AddRange(finished);
        }
        return [.. outcomes.OrderBy(outcome => experiment.Arms.Index().First(arm => arm.Item == outcome.Arm).Index)];
    }

    /// <summary>A finished phase is not run again. Where a file of it is damaged or missing, what the last checkpoint
    /// has is brought to the end again.</summary>
    IReadOnlyList<ArmOutcome>? Run(RunFolder folder, RunRecord record, RunPart part, IReadOnlyList<string> arms,
        IReadOnlyList<ArmOutcome> earlier, string device, CancellationToken cancellation)
    {
        var home = folder.Part(part);
        if (PhaseOutcome.TryRead(home) is { } done && ArmOutcome.AreOf(arms, done.Arms) && HasFiles(folder, done.Arms))
            return done.Arms;
        if (cancellation.IsCancellationRequested) return null;
        ArmOutcome[] lost = [.. arms.Select(arm => Lost(arm, part.Seed, earlier)).OfType<ArmOutcome>()];
        string[] able = [.. arms.Except(lost.Select(outcome => outcome.Arm))];
        if (Train(folder, record, part, able, earlier, device, cancellation) is not { } trained) return null;
        var outcome = trained with { Arms = [.. trained.Arms, .. lost] };
        outcome.Write(home);
        return outcome.Arms;
    }

    PhaseOutcome? Train(RunFolder folder, RunRecord record, RunPart part, IReadOnlyList<string> arms,
        IReadOnlyList<ArmOutcome> earlier, string device, CancellationToken cancellation)
    {
        if (arms.Count == 0) return new([], null);
        foreach (var source in earlier.Where(outcome => SourcesOf(arms).Contains(outcome.Arm)))
            CheckWeights(folder, source);
        using var run = new PhaseRun(experiment, part, arms, device, folder, observer);
        record.Training(part, run.FirstStep);
        return run.Run(cancellation) is { } outcomes ? new(outcomes, run.Metrics) : null;
    }

    IEnumerable<string> SourcesOf(IReadOnlyList<string> arms) =>
        experiment.ArmDefinitions.Where(arm => arms.Contains(arm.Name)).SelectMany(arm => arm.Sources);

    /// <summary>Before another phase begins with them.</summary>
    static void CheckWeights(RunFolder folder, ArmOutcome source)
    {
        if (!source.Holds(folder.Arm(source.Seed, source.Arm), RunFolder.WeightsFile))
            throw new InvalidDataException(ArmOutcome.Damaged(folder.WeightsOf(source.Seed, source.Arm)));
    }

    /// <summary>How an arm ends whose weights should come from one that stopped early; null for any other.</summary>
    ArmOutcome? Lost(string arm, long seed, IReadOnlyList<ArmOutcome> earlier)
    {
        var sources = SourcesOf([arm]);
        if (earlier.FirstOrDefault(outcome => outcome.Failure is not null && sources.Contains(outcome.Arm)) is not { } stopped) return null;
        var cause = $"arm {stopped.Arm}, whose weights it takes, stopped early";
        observer.Failed(seed, arm, cause);
        return new(arm, seed, 0, cause, []);
    }

    /// <summary>Else the weights are missing, or a file of samples is missing or damaged: all of it is made again, from
    /// the last checkpoint.</summary>
    bool HasFiles(RunFolder folder, IReadOnlyList<ArmOutcome> outcomes) => outcomes.All(outcome =>
    {
        var last = outcome.Heads.Where(head => head.Step == experiment.Context.Steps).ToArray();
        return outcome.Files.Keys.All(name => File.Exists(Path.Combine(folder.Arm(outcome.Seed, outcome.Arm), name)))
            && (last.Length == 0 || ArmSamples.TryRead(folder.Arm(outcome.Seed, outcome.Arm), outcome, last)
            is not null);
    });
}
