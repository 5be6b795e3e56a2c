using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>The arms of several folders, side by side.</summary>
/// <param name="Seeds">The seeds, in rising order.</param>
/// <param name="All">The arms, in the order of the folders and of the arms in their files.</param>
/// <param name="Notes">Lines for the reader: failures, and differences between the runs beside their arms.</param>
sealed record JoinedRuns(IReadOnlyList<long> Seeds, IReadOnlyList<JoinedArm> All, IReadOnlyList<string> Notes)
{
    /// <summary>The arms that ran to the end for every seed, and whose folders are there.</summary>
    public IReadOnlyList<JoinedArm> Arms { get; private init; } =
        [.. All.Where(arm => !arm.HasFailed && !arm.RemovedFolders.Any())];

    /// <summary>The same runs with some of their arms.</summary>
    /// <param name="arms">The arms.</param>
    /// <param name="notes">Further lines for the reader.</param>
    public JoinedRuns With(IReadOnlyList<JoinedArm> arms, IEnumerable<string> notes) =>
        this with { All = arms, Arms = [.. Arms.Intersect(arms)], Notes = [.. Notes, .. notes] };

    /// <summary>The metric that all runs named when they began; null where there is none such.</summary>
    public PrimaryMetric? Primary { get; private init; }

    /// <summary>Reads folders and joins their arms; an arm that two folders have with equal results appears
    /// once.</summary>
    /// <exception cref="InvalidDataException">A folder holds no finished run, or the folders differ in more than their
    /// arms.</exception>
    public static JoinedRuns Read(IReadOnlyList<string> folders)
    {
        JoinedRun[] runs = [.. folders.SelectMany(JoinedRun.Read).DistinctBy(run => run.Run.Folder)];
        string[] obstacles = [.. runs.Skip(1).SelectMany(run => JoinCheck.Obstacles(runs[0], run))];
        if (obstacles.Length > 0)
            throw new InvalidDataException(
                "these runs cannot be compared, since they differ in more than their arms:\n  "
                + string.Join("\n  ", obstacles));
        long[] seeds = [.. runs[0].Run.Seeds.Order()];
        List<JoinedArm> arms = [];
        foreach (var arm in runs.SelectMany(run => Of(run, seeds)))
            if (!arms.Exists(other => other.OwnName == arm.OwnName && other.IsTwinOf(arm))) arms.Add(arm);
        JoinedArm[] named = [.. Named(arms)];
        return new(seeds, named,
        [
            .. runs.Skip(1).SelectMany(run => JoinCheck.Unpaired(runs[0], run))
                .Select(line => $"unpaired, since arms that read it saw other images: {line}"),
            .. runs.Skip(1).SelectMany(run => JoinCheck.Cautions(runs[0], run)),
            .. runs.SelectMany(run => Changes(run.Run)),
            .. runs.SelectMany(run => run.Run.Notes),
            .. named.Where(arm => !arm.IsAverage).SelectMany(Failures),
            .. named.Where(arm => !arm.HasFailed).SelectMany(Removed),
            .. named.SelectMany(FailedHeads),
            .. named.Where(arm => !arm.IsAverage).SelectMany(Unjudged),
            .. JoinedPrimary.Notes([.. runs.Select(run => run.Run)]),
        ])
        {
            Primary = JoinedPrimary.Of([.. runs.Select(run => run.Run)]),
        };
    }

    static IEnumerable<JoinedArm> Of(JoinedRun run, IReadOnlyList<long> seeds)
    {
        ArmOutcome Outcome(string arm, long seed) =>
            run.Run.Outcomes.Single(outcome => outcome.Arm == arm && outcome.Seed == seed);
        return run.Run.Arms.Select(arm =>
            new JoinedArm(arm, run.Run, [.. seeds.Select(seed => Outcome(arm, seed))], run.Point));
    }

    static IEnumerable<JoinedArm> Named(IReadOnlyList<JoinedArm> arms)
    {
        var folders = arms.Select(arm => arm.Run.Folder).Distinct().ToLookup(Path.GetFileName);
        string Short(string folder) =>
            folders[Path.GetFileName(folder)].Count() == 1 ? Path.GetFileName(folder) : folder;
        // Within one sweep a point names a run; among several sweeps the folder does.
        string Where(JoinedArm arm) =>
            arm.Point.Length > 0 && arms.Count(other => other.OwnName == arm.OwnName && other.Point == arm.Point) == 1
                ? arm.Point : Short(arm.Run.Folder);
        return arms.Select(arm => arms.Count(other => other.OwnName == arm.OwnName) == 1
            ? arm : arm with { Name = $"{arm.OwnName}@{Where(arm)}" });
    }

    /// <summary>The changes under which a run was resumed.</summary>
    static IEnumerable<string> Changes(FinishedRun run) =>
        run.Manifest.Stretches.SelectMany(stretch => stretch.Lines).Select(line => $"{run.Folder}: {line}");

    static IEnumerable<string> Failures(JoinedArm arm) => arm.Outcomes.Where(outcome => outcome.Failure is not null)
        .Select(outcome =>
            $"arm {arm.Name} stopped early for seed {outcome.Seed}, so it is left out: {outcome.Failure}");

    /// <summary>A note on an arm of which somebody removed a folder.</summary>
    static IEnumerable<string> Removed(JoinedArm arm) => arm.RemovedFolders.Take(1).Select(folder =>
        $"arm {arm.Name} is left out, since {folder} was removed; to have it again: "
            + $"rils run --resume {arm.Run.Folder}");

    /// <summary>A note on an arm that no head can evaluate, such as one that learns from pixels without text.</summary>
    static IEnumerable<string> Unjudged(JoinedArm arm) =>
        arm.Outcomes.All(outcome => outcome is { Failure: null, Heads.Count: 0 })
        ? [$"arm {arm.Name} is in no figure: no head evaluates it"] : [];

    /// <summary>Notes on the heads that failed, for arms that ran to the end.</summary>
    static IEnumerable<string> FailedHeads(JoinedArm arm) =>
        from outcome in arm.Outcomes
        where arm.Outcomes.All(one => one.Failure is null)
        from head in FinishedRun.Last(outcome)
        where head.Failure is not null
        select $"head {head.Head} failed on arm {arm.Name} for seed {outcome.Seed}, "
            + $"so that arm is left out of its figures: {head.Failure}";
}
