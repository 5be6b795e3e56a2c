using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>The arms of several folders, side by side.</summary>
/// <param name="Seeds">In rising order.</param>
/// <param name="All">In the order of the folders, then of their files.</param>
/// <param name="Notes">What to know of them, a line each.</param>
sealed record JoinedRuns(IReadOnlyList<long> Seeds, IReadOnlyList<JoinedArm> All, IReadOnlyList<string> Notes)
{
    /// <summary>Those that ran to the end for every seed.</summary>
    public IReadOnlyList<JoinedArm> Arms { get; } = [.. All.Where(arm => arm.Outcomes.All(outcome => outcome.Failure is null))];

    /// <summary>Reads folders and joins their arms. Equal arms of two folders are one.</summary>
    /// <exception cref="InvalidDataException">A folder cannot be compared, or not with the others.</exception>
    public static JoinedRuns Read(IReadOnlyList<string> folders)
    {
        JoinedRun[] runs = [.. folders.SelectMany(JoinedRun.Read).DistinctBy(run => run.Run.Folder)];
        string[] obstacles = [.. runs.Skip(1).SelectMany(run => JoinCheck.Obstacles(runs[0], run))];
        if (obstacles.Length > 0)
            throw new InvalidDataException($"these runs cannot be compared, since they differ in more than their arms:\n  {string.Join("\n  ", obstacles)}");
        long[] seeds = [.. runs[0].Run.Seeds.Order()];
        List<JoinedArm> arms = [];
        foreach (var arm in runs.SelectMany(run => Of(run, seeds)))
            if (!arms.Exists(other => other.OwnName == arm.OwnName && other.IsTwinOf(arm))) arms.Add(arm);
        JoinedArm[] named = [.. Named(arms)];
        return new(seeds, named,
        [
            .. runs.Skip(1).SelectMany(run => JoinCheck.Cautions(runs[0], run)),
            .. runs.SelectMany(run => Changes(run.Run)),
            .. named.SelectMany(Failures), .. named.SelectMany(FailedHeads), .. named.SelectMany(Unjudged),
        ]);
    }

    static IEnumerable<JoinedArm> Of(JoinedRun run, IReadOnlyList<long> seeds) => run.Run.Experiment.Arms.Select(arm =>
        new JoinedArm(arm.Name, run.Run, [.. seeds.Select(seed => run.Run.Outcomes.Single(outcome => outcome.Arm == arm.Name && outcome.Seed == seed))], run.Point));

    static IEnumerable<JoinedArm> Named(IReadOnlyList<JoinedArm> arms)
    {
        var folders = arms.Select(arm => arm.Run.Folder).Distinct().ToLookup(Path.GetFileName);
        string Short(string folder) => folders[Path.GetFileName(folder)].Count() == 1 ? Path.GetFileName(folder) : folder;
        // Of one sweep a point names a run; of several, its folder does.
        string Where(JoinedArm arm) => arm.Point.Length > 0 && arms.Count(other => other.OwnName == arm.OwnName && other.Point == arm.Point) == 1 ? arm.Point : Short(arm.Run.Folder);
        return arms.Select(arm => arms.Count(other => other.OwnName == arm.OwnName) == 1 ? arm : arm with { Name = $"{arm.OwnName}@{Where(arm)}" });
    }

    /// <summary>Where a run went on by other means.</summary>
    static IEnumerable<string> Changes(FinishedRun run) =>
        run.Manifest.Stretches.SelectMany(stretch => stretch.Lines).Select(line => $"{run.Folder}: {line}");

    static IEnumerable<string> Failures(JoinedArm arm) => arm.Outcomes.Where(outcome => outcome.Failure is not null)
        .Select(outcome => $"arm {arm.Name} stopped early for seed {outcome.Seed}, so it is left out: {outcome.Failure}");

    /// <summary>An arm that has not what any head needs, pixels without text say.</summary>
    static IEnumerable<string> Unjudged(JoinedArm arm) =>
        arm.Outcomes.All(outcome => outcome is { Failure: null, Heads.Count: 0 })
        ? [$"arm {arm.Name} is in no figure: no head evaluates it"] : [];

    /// <summary>The arms that ran to the end.</summary>
    static IEnumerable<string> FailedHeads(JoinedArm arm) =>
        from outcome in arm.Outcomes
        where arm.Outcomes.All(one => one.Failure is null)
        from head in FinishedRun.Last(outcome)
        where head.Failure is not null
        select $"head {head.Head} failed on arm {arm.Name} for seed {outcome.Seed}, so that arm is left out of its figures: {head.Failure}";
}
