using Rils.Contract;

namespace Rils.Cli.Rendering;

/// <summary>Counts a run's steps, time and speed. Views read them after each event.</summary>
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

    /// <summary>The phase in training, from 1.</summary>
    public int Phase { get; private set; } = 1;

    /// <summary>The number of steps done of this phase.</summary>
    public long Step { get; private set; }

    /// <summary>The number of steps done of all seeds and phases.</summary>
    public long AllSteps => Math.Max(0, finishedParts) * scale.Steps + Step;

    /// <summary>Whether a phase has begun. In a resumed run whose phases are all finished none begins.</summary>
    public bool HasBegun => finishedParts >= 0;

    public bool IsEvaluating { get; private set; }

    /// <summary>The newest metrics of each arm, by the arm's name.</summary>
    public IReadOnlyDictionary<string, MetricRow> Latest => latest;

    /// <summary>The arms of this seed that stopped early.</summary>
    public IReadOnlySet<string> Stopped => failed;

    public TimeSpan Elapsed => time.GetElapsedTime(begun);

    /// <summary>The samples of the trained batches, divided by the seconds in which all arms trained on them, without
    /// evaluations; null before the first steps.</summary>
    public double? SamplesPerSecond => timedSteps == 0 || training <= TimeSpan.Zero
        ? null : timedSteps * scale.Batch / training.TotalSeconds;

    /// <summary>The time that the remaining steps of all seeds and phases need, without evaluations; null before the
    /// first steps.</summary>
    public TimeSpan? Left => timedSteps == 0 ? null : training * ((scale.AllSteps - AllSteps) / (double)timedSteps);

    /// <summary>Updates the progress with an event of the run.</summary>
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
    /// <returns>The length of the stretch that ended.</returns>
    TimeSpan Mark()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(mark, now);
        (mark, IsEvaluating) = (now, false);
        return passed;
    }
}
