using Rils.Contract;

namespace Rils.Cli.Rendering;

/// <summary>Writes a run's progress as plain lines, a few hundred at most in a whole run.</summary>
sealed class ProgressLines(RunProgress progress, TextWriter output, TimeProvider time) : ISink
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly Pacing training = new(time, progress.Scale.AllSteps, progress.Scale.Arms.Count, Pause);
    readonly Pacing evaluations = new(
        time, progress.Scale.AllSteps, progress.Scale.Arms.Count * progress.Scale.Heads + 1, TimeSpan.Zero);
    readonly HashSet<string> partial = [], began = [];
    bool showsResults;

    public void Receive(RunEvent happened)
    {
        progress.Add(happened);
        switch (happened)
        {
            case PhaseStarted { FirstStep: > 0 } when !progress.Scale.IsTrained:
                Write("going on from the checkpoint of this step");
                break;
            case HeadLeftOut left when partial.Add(left.Head):
                output.WriteLine(RunLines.LeftOut(left.Head, left.Arms));
                break;
            // The lines are written once for an arm, since further seeds take the same tensors.
            case WeightsTaken taken when began.Add(taken.Arm):
                foreach (var line in RunLines.Taken(taken.Arm, taken.Summary)) output.WriteLine(line);
                break;
            case StepsTrained trained when training.IsDue(progress.AllSteps, always: IsEnd(trained.Step)):
                WriteArms();
                break;
            case EvaluationStarted { Step: var step }:
                showsResults = evaluations.IsDue(progress.AllSteps, always: step == 0 || IsEnd(step));
                if (showsResults) Write("evaluating");
                break;
            case HeadEvaluated evaluated when showsResults: Write(RunLines.Result(evaluated.Outcome)); break;
            case ArmStopped stopped: Write($"{stopped.Arm}  stopped: {stopped.Cause}"); break;
        }
    }

    public void Dispose()
    {
    }

    void WriteArms()
    {
        foreach (var arm in progress.Scale.Arms.Where(arm => !progress.Stopped.Contains(arm)))
            if (progress.Latest.TryGetValue(arm, out var row))
                Write($"{arm}  {RunLines.Metrics(row)}  {RunLines.Pace(progress)}".TrimEnd());
    }

    void Write(string what) => output.WriteLine($"{RunLines.Position(progress)}  {what}");

    bool IsEnd(long step) => step == progress.Scale.Steps;
}
