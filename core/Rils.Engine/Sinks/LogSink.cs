using Microsoft.Extensions.Logging;
using Rils.Contract;

namespace Rils.Engine.Sinks;

/// <summary>Writes the run's events to the log, except the numbers of single steps.</summary>
sealed class LogSink(ILogger log) : ISink
{
    public void Receive(RunEvent happened)
    {
        switch (happened)
        {
            case PhaseStarted started:
                log.LogInformation("Seed {Seed}, phase {Phase}: arms {Arms}, from step {FirstStep} to {Steps}",
                    started.Seed, started.Phase, string.Join(", ", started.Arms), started.FirstStep, started.Steps);
                break;
            case WeightsTaken taken:
                foreach (var line in taken.Summary)
                    log.LogInformation("Seed {Seed}, arm {Arm}: {Line}", taken.Seed, taken.Arm, line);
                break;
            case HeadLeftOut left:
                log.LogInformation("Seed {Seed}: head {Head} leaves out {Arms}, which lack what the head needs",
                    left.Seed, left.Head, string.Join(", ", left.Arms));
                break;
            case EvaluationStarted evaluation:
                log.LogInformation("Seed {Seed}, phase {Phase}, step {Step}: evaluation begins",
                    evaluation.Seed, evaluation.Phase, evaluation.Step);
                break;
            case HeadEvaluated { Outcome: { Failure: null } outcome } evaluated:
                log.LogInformation("Seed {Seed}, step {Step}: head {Head} of arm {Arm}: {Metrics}", evaluated.Seed,
                    outcome.Step, outcome.Head, outcome.Arm, Values(outcome));
                break;
            case HeadEvaluated { Outcome: var outcome } evaluated:
                log.LogInformation("Seed {Seed}, step {Step}: head {Head} of arm {Arm} failed: {Failure}",
                    evaluated.Seed, outcome.Step, outcome.Head, outcome.Arm, outcome.Failure);
                break;
            case PicturesWritten pictures:
                log.LogInformation("Seed {Seed}, arm {Arm}: {Count} pictures in {Folder}", pictures.Seed, pictures.Arm,
                    pictures.Files.Count, Path.GetDirectoryName(pictures.Files[0]));
                break;
            case CheckpointWritten checkpoint:
                log.LogInformation("Seed {Seed}, phase {Phase}, step {Step}: checkpoint {Folder}", checkpoint.Seed,
                    checkpoint.Phase, checkpoint.Step, checkpoint.Folder);
                break;
            case ArmStopped stopped:
                log.LogInformation("Seed {Seed}: arm {Arm} stopped early: {Cause}", stopped.Seed, stopped.Arm,
                    stopped.Cause);
                break;
            case RunEnded ended:
                log.LogInformation("The run in {Folder} is over: {How}", ended.Folder, ended.How);
                break;
        }
    }

    public void Dispose()
    {
    }

    static string Values(HeadOutcome outcome) => string.Join(", ",
        outcome.Metrics.Select(metric => FormattableString.Invariant($"{metric.Key} {metric.Value.Value:G4}")));
}
