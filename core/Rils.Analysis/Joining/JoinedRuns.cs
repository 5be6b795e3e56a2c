using Rils.Engine.Runs;

namespace Rils.Analysis.Joining;

/// <summary>The arms of several folders, side by side.</summary>
/// <param name="Seeds">In rising order.</param>
/// <param name="Arms">Those that ran to the end for every seed: in the order of the folders, then of their files.</param>
/// <param name="Notes">What to know of them, a line each.</param>
sealed record JoinedRuns(IReadOnlyList<long> Seeds, IReadOnlyList<JoinedArm> Arms, IReadOnlyList<string> Notes)
{
    /// <summary>Reads folders and joins their arms. Equal arms of two folders are one.</summary>
    /// <exception cref="InvalidDataException">A folder cannot be compared, or not with the others.</exception>
    public static JoinedRuns Read(IReadOnlyList<string> folders)
    {
        FinishedRun[] runs = [.. folders.Select(FinishedRun.Read).DistinctBy(run => run.Folder)];
        string[] obstacles = [.. runs.Skip(1).SelectMany(run => JoinCheck.Obstacles(runs[0], run))];
        if (obstacles.Length > 0)
            throw new InvalidDataException($"these runs cannot be compared, since they differ in more than their arms:\n  {string.Join("\n  ", obstacles)}");
        long[] seeds = [.. runs[0].Seeds.Order()];
        List<JoinedArm> arms = [];
        foreach (var arm in runs.SelectMany(run => Of(run, seeds)))
            if (!arms.Exists(other => other.OwnName == arm.OwnName && other.IsTwinOf(arm))) arms.Add(arm);
        JoinedArm[] named = [.. Named(arms)];
        return new(seeds, [.. named.Where(arm => arm.Outcomes.All(outcome => outcome.Failure is null))],
            [.. runs.Skip(1).SelectMany(run => JoinCheck.Cautions(runs[0], run)), .. named.SelectMany(Failures)]);
    }

    static IEnumerable<JoinedArm> Of(FinishedRun run, IReadOnlyList<long> seeds) => run.Experiment.Arms.Select(arm =>
        new JoinedArm(arm.Name, run, [.. seeds.Select(seed => run.Outcomes.Single(outcome => outcome.Arm == arm.Name && outcome.Seed == seed))]));

    static IEnumerable<JoinedArm> Named(IReadOnlyList<JoinedArm> arms)
    {
        var folders = arms.Select(arm => arm.Run.Folder).Distinct().ToLookup(Path.GetFileName);
        string Short(string folder) => folders[Path.GetFileName(folder)].Count() == 1 ? Path.GetFileName(folder) : folder;
        return arms.Select(arm => arms.Count(other => other.OwnName == arm.OwnName) == 1 ? arm : arm with { Name = $"{arm.OwnName}@{Short(arm.Run.Folder)}" });
    }

    static IEnumerable<string> Failures(JoinedArm arm) => arm.Outcomes.Where(outcome => outcome.Failure is not null)
        .Select(outcome => $"arm {arm.Name} stopped early for seed {outcome.Seed}, so it is left out: {outcome.Failure}");
}
