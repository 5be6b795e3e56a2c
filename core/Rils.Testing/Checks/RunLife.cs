using Rils.Contract;

namespace Rils.Testing.Checks;

/// <summary>All that a sink can hear, as a run tells it.</summary>
static class RunLife
{
    const string Arm = "tiny", Head = "probe";

    /// <summary>An event that a later version of the contract may add.</summary>
    sealed record LaterEvent : RunEvent;

    /// <summary>The events of a session of a run of two seeds.</summary>
    /// <param name="folder">The run folder; the folders of the seeds are in it.</param>
    /// <param name="first">The step at which the session begins: above 0 it goes on with an earlier one.</param>
    public static IReadOnlyList<RunEvent> Events(string folder, long first) =>
    [
        .. new long[] { 0, 7 }.SelectMany(seed => OfSeed(folder, seed, first)),
        new RunEnded(folder, first == 0 ? RunEnding.Stopped : RunEnding.Finished),
    ];

    static IEnumerable<RunEvent> OfSeed(string folder, long seed, long first)
    {
        Dictionary<string, HeadMetric> metrics = new()
        {
            ["top1"] = new(0.5) { Chance = 0.1 },
            ["error"] = new(3) { Reading = MetricReading.LowerIsBetter, Unit = "px" },
            ["samples"] = new(7) { Reading = MetricReading.Reference },
        };
        var home = Path.Combine(folder, $"seed-{seed}");
        HeadOutcome found = new(Arm, Head, first, metrics),
            failed = new("other", Head, first, new Dictionary<string, HeadMetric>()) { Failure = "no memory" };
        return
        [
            new PhaseStarted(seed, 1, [Arm, "other"], home, first, first + 3,
                [.. Enumerable.Range(0, (int)first).SelectMany(step => Rows(step, 1))], first == 0 ? [] : [found]),
            new WeightsTaken(seed, Arm, ["12 tensors of clip", "none is left"]),
            new HeadLeftOut(seed, Head, ["other"]),
            new EvaluationStarted(seed, 1, first),
            new HeadEvaluated(seed, 1, found), new HeadEvaluated(seed, 1, failed),
            new StepsTrained(seed, 1, first + 2, [.. Rows(first, 1), .. Rows(first + 1, double.NaN)]),
            new LaterEvent(),
            new StepsTrained(seed, 1, first + 3, [.. Rows(first + 2, double.PositiveInfinity)]),
            new CheckpointWritten(seed, 1, first + 3, Path.Combine(home, "checkpoints", "step")),
            new ArmStopped(seed, "other", "a loss is not a number"),
            new PicturesWritten(seed, Arm, [Path.Combine(home, Arm, "mask.png")]),
        ];
    }

    static IEnumerable<MetricRow> Rows(long step, double loss) => from arm in (string[])["other", Arm]
        select new MetricRow(arm, step, [new("loss", loss), new("learning_rate", 0.1)]);
}
