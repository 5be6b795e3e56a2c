using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sinks;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>A whole run: every seed, into one folder.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="plugins">All plugins that were loaded; the manifest names those that have a part in the run.</param>
/// <param name="loggers">Make the loggers of the run and of its sinks.</param>
/// <param name="further">Sinks beside the run's own and the experiment's; the run disposes them.</param>
public sealed class ExperimentRun(
    Experiment experiment, PluginSet plugins, ILoggerFactory loggers, params IReadOnlyList<ISink> further)
{
    /// <summary>Trains and evaluates all arms. In a folder that was begun, each seed goes on at its last
    /// checkpoint.</summary>
    /// <param name="folder">A new folder, or one that <see cref="ResumeCheck"/> has passed.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <param name="cancellation">Seen between steps and between the batches of an evaluation; a checkpoint is left to resume from.</param>
    /// <param name="accepted">What <c>--accept</c> lets differ: it is written down.</param>
    /// <returns>How each arm of each seed ended.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled before all was done.</exception>
    /// <exception cref="InvalidDataException">A file of a run that goes on is damaged; the message names it and the way
    /// out.</exception>
    public IReadOnlyList<ArmOutcome> Run(RunFolder folder, string device, CancellationToken cancellation,
        params IReadOnlyList<string> accepted)
    {
        var record = RunRecord.Open(folder, experiment, CurrentMeans.Of(experiment, plugins, device), accepted);
        // Weights of another shape are found now, not after the phase that makes them.
        if (experiment.Phases.Count > 1) ArmCost.Of(experiment);
        using var sinks = Sinks();
        var how = RunEnding.Failed;
        try
        {
            IReadOnlyList<ArmOutcome> outcomes = [.. experiment.Settings.Seeds.SelectMany(seed =>
                Run(new Shared(folder, record, sinks, device, cancellation), seed))];
            how = RunEnding.Finished;
            return outcomes;
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

    /// <summary>What all parts of a run share.</summary>
    sealed record Shared(RunFolder Folder, RunRecord Record, SinkList Sinks, string Device,
        CancellationToken Cancellation);

    /// <summary>The log first, so that it tells what a later sink fails at.</summary>
    SinkList Sinks()
    {
        var log = loggers.CreateLogger<ExperimentRun>();
        return new(
        [
            ("the log", new LogSink(log)), ("TensorBoard", new TensorBoardSink()),
            .. experiment.SinkDefinitions.Select(sink => ($"sink {sink.Name}", sink.Make())),
            .. further.Select(sink => (sink.GetType().Name, sink)),
        ], log);
    }

    /// <summary>All phases of a seed, one after the other.</summary>
    IReadOnlyList<ArmOutcome> Run(Shared shared, long seed)
    {
        List<ArmOutcome> outcomes = [];
        foreach (var (index, arms) in experiment.Phases.Index())
            outcomes.AddRange(Run(shared, new(seed, index + 1), arms, outcomes));
        return [.. outcomes.OrderBy(outcome => experiment.Arms.Index().First(arm => arm.Item == outcome.Arm).Index)];
    }

    /// <summary>A finished phase is not run again. Where a file of it is damaged or missing, what the last checkpoint
    /// has is brought to the end again.</summary>
    IReadOnlyList<ArmOutcome> Run(Shared shared, RunPart part, IReadOnlyList<string> arms,
        IReadOnlyList<ArmOutcome> earlier)
    {
        var home = shared.Folder.Part(part);
        if (PhaseOutcome.TryRead(home) is { } done && ArmOutcome.AreOf(arms, done.Arms)
            && HasFiles(shared.Folder, done.Arms)) return done.Arms;
        shared.Cancellation.ThrowIfCancellationRequested();
        ArmOutcome[] lost = [.. arms.Select(arm => Lost(shared, arm, part.Seed, earlier)).OfType<ArmOutcome>()];
        string[] able = [.. arms.Except(lost.Select(outcome => outcome.Arm))];
        var trained = able.Length == 0 ? new([], null) : Train(shared, part, able, earlier);
        var outcome = trained with { Arms = [.. trained.Arms, .. lost] };
        outcome.Write(home);
        return outcome.Arms;
    }

    PhaseOutcome Train(Shared shared, RunPart part, IReadOnlyList<string> arms, IReadOnlyList<ArmOutcome> earlier)
    {
        foreach (var source in earlier.Where(outcome => SourcesOf(arms).Contains(outcome.Arm)))
            CheckWeights(shared.Folder, source);
        using var run = new PhaseRun(experiment, part, arms, shared.Device, shared.Folder, shared.Sinks);
        shared.Record.Training(part, run.FirstStep);
        return new(run.Run(shared.Cancellation), run.Metrics);
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
    ArmOutcome? Lost(Shared shared, string arm, long seed, IReadOnlyList<ArmOutcome> earlier)
    {
        var sources = SourcesOf([arm]);
        if (earlier.FirstOrDefault(outcome => outcome.Failure is not null && sources.Contains(outcome.Arm)) is not { } stopped) return null;
        var cause = $"arm {stopped.Arm}, whose weights it takes, stopped early";
        shared.Sinks.Send(new ArmStopped(seed, arm, cause));
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
