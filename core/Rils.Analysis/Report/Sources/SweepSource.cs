using Rils.Analysis.Joining;
using Rils.Analysis.Report.Curves;
using Rils.Configuration;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Report.Sources;

/// <summary>Joins the runs of a sweep to one run that a report can show: all arms side by side, under names that tell
/// them apart.</summary>
static class SweepSource
{
    /// <summary>Reads the folder of a sweep.</summary>
    /// <param name="folder">The path of the sweep.</param>
    /// <param name="planned">Makes the schedule of a run.</param>
    /// <exception cref="InvalidDataException">A run is not finished, or a file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ReportSource Read(string folder, Func<FinishedRun, Schedule> planned)
    {
        var joined = JoinedRuns.Read([folder]);
        FinishedRun[] runs = [.. joined.All.Select(arm => arm.Run).DistinctBy(run => run.Folder)];
        string[] arms = [.. joined.All.Select(arm => arm.Name)];
        var schedule = planned(runs[0]);
        var first = Path.GetFileName(runs[0].Folder);
        var run = runs[0] with
        {
            Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
            Experiment = runs[0].Experiment with { Arms = [.. joined.All.Where(arm => !arm.IsAverage).Select(Tree)] },
            Seeds = joined.Seeds,
            Outcomes = [.. joined.All.SelectMany(arm => arm.Outcomes.Select(outcome => Named(outcome, arm.Name)))],
        };
        return new(
            run, string.Join('\n', runs.Select(Text)),
            joined.Arms.Count > 1 ? Comparer.Compare([folder], new()) : null,
            "fewer than two arms ran to the end: there is nothing to compare",
            TrainingCharts.Of(arms, [.. joined.Seeds.Select(IReadOnlyList<MetricRow> (seed) =>
                [.. runs.SelectMany(one => Rows(one, seed, joined))])]),
            EvaluationCharts.Of(arms, run.Outcomes),
            schedule with { Notes = [.. schedule.Notes, $"The schedule is that of the first run, {first}."] });
    }

    static ArmTree Tree(JoinedArm arm) =>
        arm.Run.Experiment.Arms.Single(tree => tree.Name == arm.OwnName) with { Name = arm.Name };

    static string Text(FinishedRun run) => $"# {Path.GetFileName(run.Folder)}\n"
        + File.ReadAllText(Path.Combine(run.Folder, RunFolder.ExperimentFile));

    static ArmOutcome Named(ArmOutcome outcome, string name) =>
        outcome with { Arm = name, Heads = [.. outcome.Heads.Select(head => head with { Arm = name })] };

    /// <summary>The rows of the arms that the joined arms take from a run; an arm that several runs have counts
    /// once.</summary>
    static IEnumerable<MetricRow> Rows(FinishedRun run, long seed, JoinedRuns joined)
    {
        var names =
            joined.All.Where(arm => arm.Run.Folder == run.Folder).ToDictionary(arm => arm.OwnName, arm => arm.Name);
        return run.Metrics(seed).Where(row => names.ContainsKey(row.Arm))
            .Select(row => row with { Arm = names[row.Arm] });
    }
}
