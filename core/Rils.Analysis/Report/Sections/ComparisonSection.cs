using Rils.Analysis.Findings;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the comparison of the arms with its intervals drawn: over seeds, and over samples in a table of its
/// own.</summary>
static class ComparisonSection
{
    public static Section Of(ReportSource source) => new("comparison", "Comparison",
        source.Comparison is { } comparison ? Body(source, comparison) : Table.Note(source.WhyNotCompared));

    static Markup Body(ReportSource source, Comparison comparison)
    {
        var first = Markup.Of($"<p>Differences are an arm less <strong>{comparison.Baseline}</strong>, paired. "
            + $"Lines show 95% intervals; the higher is better unless a figure's name says otherwise.</p>\n");
        var last = Table.Note("Nothing is corrected for the number of metrics: choose one before looking.");
        return Markup.Join([
            first, .. comparison.Notes.Select(Table.Note),
            OverSeeds(source, comparison), OverSamples(source, comparison), last]);
    }

    static Markup OverSeeds(ReportSource source, Comparison comparison)
    {
        var few = comparison.Seeds.Count < Comparison.SeedsNeeded;
        var rows = from metric in comparison.Metrics
                   let reach = IntervalPicture.Reach(metric.Arms.Select(arm => arm.ToBaseline)
                       .OfType<Difference>().Select(difference => (difference.Mean, difference.OverSeeds)))
                   from arm in metric.Arms
                   let difference = arm.ToBaseline
                   let spread = arm.Deviation is null ? "" : $" ± {Figures.Metric(arm.Deviation)}"
                   select (Markup[])
                   [
                       Table.Text($"{metric.Head} {Figures.Named(metric)}"), source.ArmLabel(arm.Arm),
                       Table.Text(Figures.Metric(arm.Mean) + spread), Table.Text(Figures.Signed(difference?.Mean)),
                       difference is null ? Table.Text("baseline") : IntervalPicture.Of(
                           difference.Mean, difference.OverSeeds, reach, ColourOf(source, arm.Arm)),
                       Table.Text(Figures.Range(difference?.OverSeeds)),
                       .. few ? (Markup[])[]
                           :
                           [
                               Table.Text(Figures.P(difference?.PHolm)),
                               Table.Text(Figures.Of(difference?.Finding, metric.Reading)),
                           ],
                   ];
        var seeds = comparison.Seeds.Count == 1 ? "one seed" : $"{comparison.Seeds.Count} seeds";
        string[] columns = ["figure", "arm", "mean ± sd", "difference", "drawn", "95% by t"];
        if (!few) columns = [.. columns, "p (Holm)", "finding"];
        var table = Table.Of($"Over {seeds}: would the arm be ahead if both were trained again?",
            [.. columns.Select(Table.Text)], rows);
        var note = Table.Note($"Fewer than {Comparison.SeedsNeeded} seeds: no conclusion over seeds can be drawn.");
        return few ? Markup.Of($"{table}{note}") : table;
    }

    static Markup OverSamples(ReportSource source, Comparison comparison)
    {
        var rows = from metric in comparison.Metrics
                   let reach = IntervalPicture.Reach(
                       from arm in metric.Arms
                       where arm.ToBaseline?.OverSamples is not null
                       select (arm.ToBaseline!.Mean, (Interval?)arm.ToBaseline.OverSamples!.Interval))
                   from arm in metric.Arms
                   let over = arm.ToBaseline?.OverSamples
                   where over is not null
                   select (Markup[])
                   [
                       Table.Text($"{metric.Head} {Figures.Named(metric)}"), source.ArmLabel(arm.Arm),
                       Table.Text(Figures.Count(metric.Samples!.Value)),
                       Table.Text(Figures.Signed(arm.ToBaseline!.Mean)),
                       IntervalPicture.Of(arm.ToBaseline.Mean, over.Interval, reach, ColourOf(source, arm.Arm)),
                       Table.Text(Figures.Range(over.Interval)),
                       Table.Text(Figures.Ends(over.Tests.Select(test => test.P), Figures.P)),
                       Table.Text(Figures.Ends(over.Tests.Select(test => test.PHolm), Figures.P)),
                   ];
        Markup[][] all = [.. rows];
        string[] columns =
            ["figure", "arm", "samples", "difference", "drawn", "95% by bootstrap", "McNemar p", "p (Holm)"];
        return all.Length == 0 ? Markup.None : Table.Of(
            "Over samples: these trained models on other samples of the same kind. Says nothing of other seeds.",
            [.. columns.Select(Table.Text)], all);
    }

    static string ColourOf(ReportSource source, string arm) => Palette.Colour(Math.Max(0, source.IndexOf(arm)));
}
