using Rils.Configuration;
using Rils.Runs.Sweeps;

namespace Rils.Engine.Sweeps;

/// <summary>The runs that a sweep's folder has from before: a value more, or a machine of other memory, makes none of them void.</summary>
/// <param name="Runs">By its <c>sweep.json</c>.</param>
/// <param name="ExperimentOf">Where the experiment of each is.</param>
/// <param name="Device">The device of the arms that name none.</param>
sealed record EarlierRuns(IReadOnlyList<SweepRecord.Run> Runs, Func<SweepRecord.Run, string> ExperimentOf, string Device)
{
    /// <summary>Those that train nothing but arms of a point, as the point has them.</summary>
    /// <param name="point">Its runs.</param>
    public IReadOnlyList<(SweepRecord.Run Record, ExperimentTree Tree)> Of(IReadOnlyList<SweepRun> point)
    {
        var (root, settings) = (point[0].Tree, point[0].Settings);
        var arms = point.SelectMany(run => run.Tree.Arms).ToDictionary(arm => arm.Name);
        HashSet<string> left = [.. arms.Keys];
        List<(SweepRecord.Run, ExperimentTree)> found = [];
        foreach (var run in Runs.Where(run => File.Exists(ExperimentOf(run))))
        {
            var problems = new Problems();
            if (ExperimentReader.Read(ExperimentOf(run), [], ExperimentKeys.All, problems) is not { } tree || problems.Count > 0) continue;
            // Whatever was divided how before: of runs only sources are in several.
            if (!tree.Arms.Any(arm => left.Contains(arm.Name))) continue;
            if (!tree.Arms.All(arm => arms.TryGetValue(arm.Name, out var wanted) && wanted.Tables.SameAs(arm.Tables))) continue;
            if (RunKey.Of(tree with { Arms = [] }, settings, Device) != RunKey.Of(root with { Arms = [] }, settings, Device)) continue;
            // The folder tells what it was begun with: another device's is not this one.
            if (!run.Folder.EndsWith(RunKey.Of(tree, settings, Device), StringComparison.Ordinal)) continue;
            left.ExceptWith(tree.Arms.Select(arm => arm.Name));
            found.Add((run, tree));
        }
        return found;
    }
}
