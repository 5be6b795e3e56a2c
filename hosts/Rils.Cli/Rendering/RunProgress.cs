using Rils.Engine.Execution;
using Rils.Runs;

namespace Rils.Cli.Rendering;

/// <summary>How far a run is and how fast it goes. Views read it after each event.</summary>
sealed class RunProgress(RunScale scale, TimeProvider time) : IRunObserver
{
    readonly Dictionary<string, MetricRow> latest = [];
    readonly HashSet<string> failed = [];
    readonly long begun = time.GetTimestamp();
    long mark = time.GetTimestamp(), timedSteps;
    TimeSpan training;
    int finishedParts = -1;

    public RunScale Scale => scale;

    public long Seed { get; private set; } = scale.Seeds[0];

    /// <summary>The phase that is trained, from 1.</summary>
    public int Phase { get; private set; } = 1;

    /// <summary>Steps done of this phase.</summary>
    public long Step { get; private set; }

    /// <summary>Steps done of all seeds and phases.</summary>
    public long AllSteps => Math.Max(0, finishedParts) * scale.Steps + Step;

    /// <summary>Whether some seed was left to run.</summary>
    public bool HasBegun => finishedParts >= 0;

    public bool IsEvaluating { get; private set; }

    /// <summary>The newest numbers of each arm.</summary>
    public IReadOnlyDictionary<string, MetricRow> Latest => latest;

    /// <summary>The arms of this seed that stopped early.</summary>
    public IReadOnlySet<string> Stopped => failed;

    public TimeSpan Elapsed => time.GetElapsedTime(begun);

    /// <summary>Batches' samples by the time that all arms train on them, evaluation left out; null before the first steps.</summary>
    public double? SamplesPerSecond => timedSteps == 0 || training <= TimeSpan.Zero ? null : timedSteps * scale.Batch / training.TotalSeconds;

    /// <summary>Time that the steps still need, those of later seeds too; null before the first steps.</summary>
    public TimeSpan? Left => timedSteps == 0 ? null : training * ((scale.AllSteps - AllSteps) / (double)timedSteps);

    public void Started(long seed, int phase, long firstStep)
    {
        if (seed != Seed) failed.Clear();
        (Seed, Phase, Step) = (seed, phase, firstStep);
        finishedParts++;
        latest.Clear();
        Mark();
    }

    public void Trained(long seed, long step, IReadOnlyList<MetricRow> rows)
    {
        training += Mark();
        timedSteps += step - Step;
        Step = step;
        foreach (var row in rows) latest[row.Arm] = row;
    }

    public void Evaluating(long seed, long step)
    {
        Mark();
        IsEvaluating = true;
    }

    public void Evaluated(long seed, HeadOutcome outcome) => Mark();

    public void Failed(long seed, string arm, string cause) => failed.Add(arm);

    /// <summary>Ends one stretch of time and begins the next.</summary>
    TimeSpan Mark()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(mark, now);
        (mark, IsEvaluating) = (now, false);
        return passed;
    }
}
