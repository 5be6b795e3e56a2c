using Rils.Engine.Execution;
using Rils.Engine.Pretrained;
using Rils.Runs;

namespace Rils.Cli.Rendering;

/// <summary>Progress as plain lines, a few hundred at most in a whole run.</summary>
sealed class ProgressLines(RunProgress progress, TextWriter output, TimeProvider time) : IRunObserver
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly Pacing training = new(time, progress.Scale.AllSteps, progress.Scale.Arms.Count, Pause);
    readonly Pacing evaluations = new(time, progress.Scale.AllSteps, progress.Scale.Arms.Count * progress.Scale.Heads + 1, TimeSpan.Zero);
    readonly HashSet<string> partial = [], began = [];
    bool showsResults;

    public void Started(long seed, int phase, long firstStep)
    {
        progress.Started(seed, phase, firstStep);
        if (firstStep > 0) output.WriteLine($"{RunLines.Position(progress)}  going on from the checkpoint of this step");
    }

    public void LeftOut(long seed, string head, IReadOnlyList<string> arms)
    {
        if (partial.Add(head)) output.WriteLine(RunLines.LeftOut(head, arms));
    }

    /// <summary>Once for an arm: further seeds take the same tensors.</summary>
    public void Taken(long seed, string arm, TakenWeights taken)
    {
        if (!began.Add(arm)) return;
        foreach (var line in RunLines.Taken(arm, taken)) output.WriteLine(line);
    }

    public void Trained(long seed, long step, IReadOnlyList<MetricRow> rows)
    {
        progress.Trained(seed, step, rows);
        if (!training.IsDue(progress.AllSteps, always: IsEnd(step))) return;
        foreach (var arm in progress.Scale.Arms.Where(arm => !progress.Stopped.Contains(arm)))
            if (progress.Latest.TryGetValue(arm, out var row))
                output.WriteLine($"{RunLines.Position(progress)}  {arm}  {RunLines.Metrics(row)}  {RunLines.Pace(progress)}".TrimEnd());
    }

    public void Evaluating(long seed, long step)
    {
        progress.Evaluating(seed, step);
        showsResults = evaluations.IsDue(progress.AllSteps, always: step == 0 || IsEnd(step));
        if (showsResults) output.WriteLine($"{RunLines.Position(progress)}  evaluating");
    }

    public void Evaluated(long seed, HeadOutcome outcome)
    {
        progress.Evaluated(seed, outcome);
        if (showsResults) output.WriteLine($"{RunLines.Position(progress)}  {RunLines.Result(outcome)}");
    }

    public void Failed(long seed, string arm, string cause)
    {
        progress.Failed(seed, arm, cause);
        output.WriteLine($"{RunLines.Position(progress)}  {arm}  stopped: {cause}");
    }

    bool IsEnd(long step) => step == progress.Scale.Steps;
}
