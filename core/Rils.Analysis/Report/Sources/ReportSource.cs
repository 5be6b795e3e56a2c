using Rils.Analysis.Report.Html;
using Rils.Analysis.Findings;
using Rils.Analysis.Report.Curves;
using Rils.Runs;

namespace Rils.Analysis.Report.Sources;

/// <summary>All that a report shows.</summary>
/// <param name="Run">The run; where a report joins several, one with the arms of all.</param>
/// <param name="Runs">The runs, each as its own folder has it.</param>
/// <param name="Comparison">The comparison of the arms; null where nothing can be compared.</param>
/// <param name="WhyNotCompared">Why there is no comparison; empty where there is one.</param>
/// <param name="Training">The charts of the training steps.</param>
/// <param name="Evaluations">The charts of the heads' metrics.</param>
/// <param name="Schedules">The order of the systems: of the first run of each folder.</param>
sealed record ReportSource(FinishedRun Run, IReadOnlyList<SourceRun> Runs, Comparison? Comparison,
    string WhyNotCompared, IReadOnlyList<Chart> Training, IReadOnlyList<Chart> Evaluations,
    IReadOnlyList<SourceSchedule> Schedules)
{
    /// <summary>Whether the report joins several runs.</summary>
    public bool IsJoined => Runs.Count > 1;

    /// <summary>Finds the folder of an arm of a seed.</summary>
    public Func<ArmOutcome, string> FolderOf { get; init; } = Run.ArmFolder;

    /// <summary>The arms' names in the order of the file, each with its average behind it.</summary>
    public IReadOnlyList<string> Arms => Run.Arms;

    /// <summary>An arm's place in <see cref="Arms"/>; -1 for a name that is not among them.</summary>
    public int IndexOf(string arm) =>
        Arms.Index().Where(own => own.Item == arm).Select(own => own.Index).DefaultIfEmpty(-1).First();

    /// <summary>An arm's name beside a piece of the line that the arm has in all curves.</summary>
    public Markup ArmLabel(string arm) => IndexOf(arm) is var index && index < 0
        ? Table.Text(arm) : Markup.Of($"""<span class="arm">{Palette.Swatch(index)}{arm}</span>""");

    /// <summary>Reads the files of a run folder that the report needs beside the outcomes.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ReportSource Read(FinishedRun run, Schedule schedule)
    {
        var (comparison, why) = Compared(run);
        var own = SourceRun.Of(Path.GetFileName(run.Folder), run, run.Arms.ToDictionary(arm => arm));
        return new(run, [own], comparison, why,
            TrainingCharts.Of([.. run.Arms], [.. run.Seeds.Select(run.Metrics)], TrainingCharts.MaxPoints),
            EvaluationCharts.Of(run.Arms, run.Outcomes),
            [new(own, schedule)]);
    }

    static (Comparison?, string) Compared(FinishedRun run)
    {
        if (run.Arms.Count == 1) return (null, "the run has one arm: there is nothing to compare it with");
        try
        {
            return (Comparer.Compare([run.Folder], new()), "");
        }
        // The rest of the report needs nothing of a comparison.
        catch (InvalidDataException unread)
        {
            return (null, $"the arms are not compared: {unread.Message}");
        }
    }
}
