using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Runs;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the keys in which the arms differ, and all keys of the experiment.</summary>
static class ExperimentSection
{
    public static Section Of(ReportSource source) => new("experiment", "Experiment", Markup.Of(
        $"{Differences(source)}{source.Runs.Select(run => Resolved(run, source.IsJoined))}"));

    static Markup Resolved(SourceRun run, bool isNamed)
    {
        var of = isNamed ? $" of {run.Name}" : "";
        return Markup.Of($"<details><summary>The resolved experiment{of}</summary>"
            + $"<pre><code>{run.Experiment}</code></pre></details>\n");
    }

    static Markup Differences(ReportSource source)
    {
        Dictionary<string, string>[] arms = [.. source.Run.Experiment.Arms.Select(arm =>
        {
            Dictionary<string, string> values = [];
            FlatValues.Add("", arm.Tables, values);
            return values;
        })];
        if (arms.Length == 1) return Table.Note("The run has one arm.");
        string[] keys = [.. arms.SelectMany(arm => arm.Keys).Distinct()
            .Where(key => arms.Select(arm => arm.GetValueOrDefault(key)).Distinct().Count() > 1)];
        if (keys.Length == 0) return Table.Note("The arms have the same keys.");
        static Markup Code(string text) => Markup.Of($"<code>{text}</code>");
        var rows = keys.Select(key => (Markup[])
        [
            Code(key),
            .. arms.Select(arm => arm.TryGetValue(key, out var value) ? Code(value) : Table.Text("–")),
        ]);
        return Table.Of("What differs between the arms; – where an arm lacks the key",
            [Table.Text("key"), .. source.Run.Experiment.Arms.Select(arm => source.ArmLabel(arm.Name))], rows);
    }
}
