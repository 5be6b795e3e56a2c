using Rils.Analysis.Report.Html;
using Rils.Analysis.Findings;
using Rils.Analysis.Report.Curves;
using Rils.Runs;

namespace Rils.Analysis.Report.Sources;

/// <summary>All that a report shows.</summary>
/// <param name="Run">The run.</param>
/// <param name="Experiment">The resolved experiment, as the folder has it.</param>
/// <param name="Comparison">Null where nothing can be compared.</param>
/// <param name="WhyNotCompared">Empty where there is a comparison.</param>
/// <param name="Training">Numbers of the training steps.</param>
/// <param name="Evaluations">Figures of the heads.</param>
/// <param name="Schedule">The order of the systems.</param>
sealed record ReportSource(FinishedRun Run, string Experiment, Comparison? Comparison, string WhyNotCompared,
    IReadOnlyList<Chart> Training, IReadOnlyList<Chart> Evaluations, Schedule Schedule)
{
    /// <summary>The arms' names in the order of the file.</summary>
    public IReadOnlyList<string> Arms => [.. Run.Experiment.Arms.Select(arm => arm.Name)];

    /// <summary>An arm's place in that order; -1 for none of them.</summary>
    public int IndexOf(string arm) => Arms.Index().Where(own => own.Item == arm).Select(own => own.Index).DefaultIfEmpty(-1).First();

    /// <summary>An arm's name beside the line that is its in all curves.</summary>
    public Markup ArmLabel(string arm) => IndexOf(arm) is var index && index < 0
        ? Table.Text(arm) : Markup.Of($"""<span class="arm">{Palette.Swatch(index)}{arm}</span>""");

    /// <summary>Reads what the folder of a run has beside its outcomes.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ReportSource Read(FinishedRun run, Schedule schedule)
    {
        var arms = run.Experiment.Arms.Select(arm => arm.Name).ToArray();
        var (comparison, why) = Compared(run);
        return new(run, File.ReadAllText(Path.Combine(run.Folder, RunFolder.ExperimentFile)), comparison, why,
            TrainingCharts.Of(arms, [.. run.Seeds.Select(run.Metrics)]), EvaluationCharts.Of(arms, run.Outcomes), schedule);
    }

    static (Comparison?, string) Compared(FinishedRun run)
    {
        if (run.Experiment.Arms.Count == 1) return (null, "the run has one arm: there is nothing to compare it with");
        try
        {
            return (Comparer.Compare([run.Folder], new()), "");
        }
        // The rest of the report needs none of what is missing here.
        catch (InvalidDataException unread)
        {
            return (null, $"the arms are not compared: {unread.Message}");
        }
    }
}
