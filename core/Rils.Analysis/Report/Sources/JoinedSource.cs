using Rils.Analysis.Findings;
using Rils.Analysis.Joining;
using Rils.Analysis.Report.Curves;
using Rils.Configuration;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Report.Sources;

/// <summary>Joins runs to one that a report can show: all arms side by side, under the names by which a comparison
/// tells them apart.</summary>
static class JoinedSource
{
    /// <summary>The most arms whose curves have all points; the curves of more arms have fewer, so that the page does
    /// not grow with them.</summary>
    const int ArmsOfAllPoints = 12;

    /// <summary>The fewest points to which a long curve is shortened.</summary>
    const int FewestPoints = 60;

    /// <summary>Reads folders of runs and sweeps.</summary>
    /// <param name="folders">The paths.</param>
    /// <param name="planned">Makes the schedule of a run.</param>
    /// <exception cref="InvalidDataException">A run is not finished, the folders differ in more than their arms, or a
    /// file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ReportSource Read(IReadOnlyList<string> folders, Func<FinishedRun, Schedule> planned)
    {
        var joined = JoinedRuns.Read(folders);
        JoinedRun[][] given = [.. folders.Select(FullPath).Distinct().Select(path => JoinedRun.Read(path).ToArray())];
        SourceRun[] runs = [.. Runs([.. given.SelectMany(of => of).DistinctBy(one => one.Run.Folder)], joined)];
        string[] arms = [.. joined.All.Select(arm => arm.Name)];
        var all = runs[0].Run with
        {
            Folder = FullPath(folders[0]),
            Experiment = runs[0].Run.Experiment
                with { Arms = [.. joined.All.Where(arm => !arm.IsAverage).Select(Tree)] },
            Seeds = joined.Seeds,
            Outcomes = [.. joined.All.SelectMany(arm => arm.Outcomes.Select(outcome => Named(outcome, arm.Name)))],
        };
        var (comparison, why) = Compared(folders, joined);
        return new(all, runs, comparison, why,
            TrainingCharts.Of(arms, [.. joined.Seeds.Select(IReadOnlyList<MetricRow> (seed) =>
                [.. runs.SelectMany(run => Rows(run, seed))])], Points(arms.Length)),
            EvaluationCharts.Of(arms, all.Outcomes),
            [.. given.DistinctBy(of => of[0].Run.Folder).Select(of =>
                Planned(of, runs.First(run => run.Run.Folder == of[0].Run.Folder), planned))])
        {
            FolderOf = outcome => FolderOf(joined.All.First(arm => arm.Name == outcome.Arm), outcome),
        };
    }

    static int Points(int arms) => Math.Max(FewestPoints,
        TrainingCharts.MaxPoints * ArmsOfAllPoints / Math.Max(ArmsOfAllPoints, arms));

    static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    static (Comparison?, string) Compared(IReadOnlyList<string> folders, JoinedRuns joined) =>
        joined.Arms.Count < 2 ? (null, "fewer than two arms ran to the end: there is nothing to compare")
        : joined.Arms.All(arm => arm.Outcomes.All(outcome => outcome.Heads.Count == 0))
            ? (null, "no experiment has a [[head]]: there is nothing to compare")
        : (Comparer.Compare(folders, new()), "");

    /// <summary>The runs, by names that tell them apart. An arm that several have belongs to the first.</summary>
    static IEnumerable<SourceRun> Runs(IReadOnlyList<JoinedRun> runs, JoinedRuns joined)
    {
        static string Short(JoinedRun one) => one.Sweep is null ? Path.GetFileName(one.Run.Folder)
            : $"{Path.GetFileName(one.Sweep)}/{Path.GetFileName(one.Run.Folder)}";
        var names = runs.CountBy(Short).ToDictionary();
        return from one in runs
               let arms = joined.All.Where(arm => arm.Run.Folder == one.Run.Folder)
               select SourceRun.Of(names[Short(one)] == 1 ? Short(one) : one.Run.Folder, one.Run,
                   arms.ToDictionary(arm => arm.OwnName, arm => arm.Name));
    }

    static ArmTree Tree(JoinedArm arm) =>
        arm.Run.Experiment.Arms.Single(tree => tree.Name == arm.OwnName) with { Name = arm.Name };

    static ArmOutcome Named(ArmOutcome outcome, string name) =>
        outcome with { Arm = name, Heads = [.. outcome.Heads.Select(head => head with { Arm = name })] };

    static string FolderOf(JoinedArm arm, ArmOutcome outcome) =>
        arm.Run.ArmFolder(outcome with { Arm = arm.OwnName });

    static IEnumerable<MetricRow> Rows(SourceRun run, long seed) =>
        run.Run.Metrics(seed).Where(row => run.Arms.ContainsKey(row.Arm))
            .Select(row => row with { Arm = run.NameOf(row.Arm) });

    /// <summary>The schedule of a folder's first run.</summary>
    static SourceSchedule Planned(IReadOnlyList<JoinedRun> of, SourceRun first, Func<FinishedRun, Schedule> planned)
    {
        var schedule = planned(first.Run);
        return new(first, of.Count == 1 ? schedule : schedule with
        {
            Notes = [.. schedule.Notes,
                $"The schedule is that of the first run, {Path.GetFileName(first.Run.Folder)}."],
        });
    }
}
