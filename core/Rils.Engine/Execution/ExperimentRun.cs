using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sinks;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>A whole run: all seeds of an experiment, in one folder.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="plugins">All loaded plugins; the manifest names those that the experiment uses.</param>
/// <param name="loggers">Makes the run's logger.</param>
/// <param name="further">Sinks beside the run's own and the experiment's; the run disposes them.</param>
public sealed class ExperimentRun(
    Experiment experiment, PluginSet plugins, ILoggerFactory loggers, params IReadOnlyList<ISink> further)
{
    /// <summary>Trains and evaluates all arms. Where a run was begun in the folder, each seed goes on at its last
    /// checkpoint.</summary>
    /// <param name="folder">A new folder, or the folder of a run for which <see cref="ResumeCheck"/> refuses
    /// nothing.</param>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Checked between steps and between the batches of an evaluation; a cancelled run
    /// leaves a checkpoint to resume from.</param>
    /// <param name="accepted">The names of the differences that <c>--accept</c> allows; the manifest keeps
    /// them.</param>
    /// <returns>The outcome of each arm of each seed, behind it that of its average where it has one.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled before all was done.</exception>
    /// <exception cref="InvalidDataException">A file of a resumed run is damaged; the message names the file and the
    /// way out.</exception>
    public IReadOnlyList<ArmOutcome> Run(RunFolder folder, string device, CancellationToken cancellation,
        params IReadOnlyList<string> accepted)
    {
        var record = RunRecord.Open(folder, experiment, CurrentMeans.Of(experiment, plugins, device), accepted);
        // Weights whose shapes do not fit the arm that takes them show now, not after the phase that trains them.
        if (experiment.Phases.Count > 1) ArmCost.Of(experiment);
        using var sinks = Sinks();
        var how = RunEnding.Failed;
        try
        {
            IReadOnlyList<ArmOutcome> outcomes = [.. experiment.Settings.Seeds.SelectMany(seed =>
                Run(new Shared(folder, record, sinks, device, cancellation), seed))];
            how = RunEnding.Finished;
            return ArmOutcome.WithAverages(outcomes);
        }
        catch (OperationCanceledException)
        {
            how = RunEnding.Stopped;
            throw;
        }
        finally
        {
            sinks.Send(new RunEnded(folder.Path, how));
        }
    }

    /// <summary>The objects that all parts of a run share.</summary>
    sealed record Shared(RunFolder Folder, RunRecord Record, SinkList Sinks, string Device,
        CancellationToken Cancellation);

    /// <summary>Lists the run's sinks, the log first, so that the log shows the event at which a later sink
    /// fails.</summary>
    SinkList Sinks()
    {
        var log = loggers.CreateLogger<ExperimentRun>();
        return new(
        [
            ("the log", new LogSink(log)),
            .. experiment.IsTrained ? [] : new[] { ("TensorBoard", (ISink)new TensorBoardSink()) },
            .. experiment.NewSinks().Select(sink => ($"sink {sink.Name}", sink.Sink)),
            .. further.Select(sink => (sink.GetType().Name, sink)),
        ], log);
    }

    /// <summary>Runs all phases of a seed, one after the other.</summary>
    IReadOnlyList<ArmOutcome> Run(Shared shared, long seed)
    {
        List<ArmOutcome> outcomes = [];
        foreach (var (index, arms) in experiment.Phases.Index())
            outcomes.AddRange(Run(shared, new(seed, index + 1), arms, outcomes));
        return [.. outcomes.OrderBy(outcome => experiment.Arms.Index().First(arm => arm.Item == outcome.Arm).Index)];
    }

    /// <summary>Runs a phase of a seed. A finished phase does not run again; where one of its files is missing or
    /// damaged, the run makes the phase's end again, from its last checkpoint.</summary>
    IReadOnlyList<ArmOutcome> Run(Shared shared, SeedPhase phase, IReadOnlyList<string> arms,
        IReadOnlyList<ArmOutcome> earlier)
    {
        var home = shared.Folder.PhaseFolder(phase);
        if (PhaseOutcome.TryRead(home) is { } done && ArmOutcome.AreOf(arms, done.Arms)
            && HasFiles(shared.Folder, done.Arms)) return done.Arms;
        shared.Cancellation.ThrowIfCancellationRequested();
        ArmOutcome[] lost = [.. arms.Select(arm => Lost(shared, arm, phase.Seed, earlier)).OfType<ArmOutcome>()];
        string[] able = [.. arms.Except(lost.Select(outcome => outcome.Arm))];
        var trained = able.Length == 0 ? new([], null) : Train(shared, phase, able, earlier);
        var outcome = trained with { Arms = [.. trained.Arms, .. lost] };
        outcome.Write(home);
        return outcome.Arms;
    }

    PhaseOutcome Train(Shared shared, SeedPhase phase, IReadOnlyList<string> arms, IReadOnlyList<ArmOutcome> earlier)
    {
        foreach (var source in earlier.Where(outcome => SourcesOf(arms).Contains(outcome.Arm)))
            CheckWeights(shared.Folder, source);
        using var run = new PhaseRun(experiment, phase, arms, shared.Device, shared.Folder, shared.Sinks);
        shared.Record.Training(phase, run.FirstStep);
        return new(run.Run(shared.Cancellation), run.Metrics);
    }

    IEnumerable<string> SourcesOf(IReadOnlyList<string> arms) =>
        experiment.ArmDefinitions.Where(arm => arms.Contains(arm.Name)).SelectMany(arm => arm.Sources);

    /// <summary>Checks the weights of an arm before another phase begins with them.</summary>
    static void CheckWeights(RunFolder folder, ArmOutcome source)
    {
        if (!source.Holds(folder.Arm(source.Seed, source.Arm), RunFolder.WeightsFile))
            throw new InvalidDataException(ArmOutcome.Damaged(folder.WeightsOf(source.Seed, source.Arm)));
    }

    /// <summary>The outcome of an arm that takes weights from an arm which stopped early; null for any other
    /// arm.</summary>
    ArmOutcome? Lost(Shared shared, string arm, long seed, IReadOnlyList<ArmOutcome> earlier)
    {
        var sources = SourcesOf([arm]);
        if (earlier.FirstOrDefault(outcome => outcome.Failure is not null && sources.Contains(outcome.Arm))
            is not { } stopped) return null;
        var cause = $"arm {stopped.Arm}, whose weights it takes, stopped early";
        shared.Sinks.Send(new ArmStopped(seed, arm, cause));
        return new(arm, seed, 0, cause, []);
    }

    /// <summary>Whether the files of a finished phase are there: each arm's weights, and its samples without
    /// damage.</summary>
    bool HasFiles(RunFolder folder, IReadOnlyList<ArmOutcome> outcomes) =>
        ArmOutcome.WithAverages(outcomes).All(outcome =>
    {
        var last = outcome.Heads.Where(head => head.Step == experiment.Context.Steps).ToArray();
        return outcome.Files.Keys.All(name => File.Exists(Path.Combine(folder.Arm(outcome.Seed, outcome.Arm), name)))
            && (last.Length == 0 || ArmSamples.TryRead(folder.Arm(outcome.Seed, outcome.Arm), outcome, last)
            is not null);
    });
}
