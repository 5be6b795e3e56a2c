using Rils.Configuration;
using Rils.Runs.Sweeps;

namespace Rils.Engine.Sweeps;

/// <summary>The runs that a sweep's folder already has. A further value in the sweep, or a machine of other memory,
/// leaves all of them valid.</summary>
/// <param name="Runs">The runs in the folder's <c>sweep.json</c>.</param>
/// <param name="ExperimentOf">Gives the path of a run's experiment.</param>
/// <param name="Device">The device of the arms that name none.</param>
sealed record EarlierRuns(
    IReadOnlyList<SweepRecord.Run> Runs, Func<SweepRecord.Run, string> ExperimentOf, string Device)
{
    /// <summary>The runs that train only arms of a point, exactly as the point has them.</summary>
    /// <param name="point">The runs of the point.</param>
    public IReadOnlyList<(SweepRecord.Run Record, ExperimentTree Tree)> Of(IReadOnlyList<SweepRun> point)
    {
        var (root, settings) = (point[0].Tree, point[0].Settings);
        var arms = point.SelectMany(run => run.Tree.Arms).ToDictionary(arm => arm.Name);
        HashSet<string> left = [.. arms.Keys];
        List<(SweepRecord.Run, ExperimentTree)> found = [];
        foreach (var run in Runs.Where(run => File.Exists(ExperimentOf(run))))
        {
            var problems = new Problems();
            if (ExperimentReader.Read(ExperimentOf(run), [], ExperimentKeys.All, problems) is not { } tree
                || problems.Count > 0) continue;
            // Arms may have been divided otherwise before; only the sources of weights are in several runs.
            if (!tree.Arms.Any(arm => left.Contains(arm.Name))) continue;
            if (!tree.Arms.All(arm => arms.TryGetValue(arm.Name, out var wanted) && wanted.Tables.SameAs(arm.Tables)))
                continue;
            var (key, wantedKey) = (RunKey.Of(tree with { Arms = [] }, settings, Device),
                RunKey.Of(root with { Arms = [] }, settings, Device));
            if (key != wantedKey) continue;
            // The folder's name holds the key of its beginning: a run of another device is another run.
            if (!run.Folder.EndsWith(RunKey.Of(tree, settings, Device), StringComparison.Ordinal)) continue;
            left.ExceptWith(tree.Arms.Select(arm => arm.Name));
            found.Add((run, tree));
        }
        return found;
    }
}
