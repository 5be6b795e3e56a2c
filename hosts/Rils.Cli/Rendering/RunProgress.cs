using Rils.Contract;

namespace Rils.Cli.Rendering;

/// <summary>How far a run is and how fast it goes. Views read it after each event.</summary>
sealed class RunProgress(RunScale scale, TimeProvider time)
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

    /// <summary>Counts an event in.</summary>
    public void Add(RunEvent happened)
    {
        switch (happened)
        {
            case PhaseStarted started: Begin(started); break;
            case StepsTrained trained: Add(trained); break;
            case EvaluationStarted:
                Mark();
                IsEvaluating = true;
                break;
            case HeadEvaluated: Mark(); break;
            case ArmStopped stopped: failed.Add(stopped.Arm); break;
        }
    }

    void Begin(PhaseStarted started)
    {
        if (started.Seed != Seed) failed.Clear();
        (Seed, Phase, Step) = (started.Seed, started.Phase, started.FirstStep);
        finishedParts++;
        latest.Clear();
        Mark();
    }

    void Add(StepsTrained trained)
    {
        training += Mark();
        timedSteps += trained.Step - Step;
        Step = trained.Step;
        foreach (var row in trained.Rows) latest[row.Arm] = row;
    }

    /// <summary>Ends one stretch of time and begins the next.</summary>
    TimeSpan Mark()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(mark, now);
        (mark, IsEvaluating) = (now, false);
        return passed;
    }
}
