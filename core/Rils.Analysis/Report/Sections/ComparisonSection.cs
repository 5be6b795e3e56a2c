using Rils.Analysis.Findings;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;

namespace Rils.Analysis.Report.Sections;

/// <summary>The comparison of the arms with its intervals drawn: over seeds, and apart from that over samples.</summary>
static class ComparisonSection
{
    public static Section Of(ReportSource source) => new("comparison", "Comparison",
        source.Comparison is { } comparison ? Body(source, comparison) : Table.Note(source.WhyNotCompared));

    static Markup Body(ReportSource source, Comparison comparison) => Markup.Of($"""
        <p>Differences are an arm less <strong>{comparison.Baseline}</strong>, paired. Lines show 95% intervals; which sign is good is the metric's affair.</p>
        {comparison.Notes.Select(Table.Note)}{OverSeeds(source, comparison)}{OverSamples(source, comparison)}<p class="note">Nothing is corrected for the number of metrics: choose one before looking.</p>

        """);

    static Markup OverSeeds(ReportSource source, Comparison comparison)
    {
        var few = comparison.Seeds.Count < Comparison.SeedsNeeded;
        var rows = from metric in comparison.Metrics
                   let reach = IntervalPicture.Reach(metric.Arms.Where(arm => arm.ToBaseline is not null).Select(arm => (arm.ToBaseline!.Mean, arm.ToBaseline.OverSeeds)))
                   from arm in metric.Arms
                   let difference = arm.ToBaseline
                   select (Markup[])
                   [
                       Table.Text($"{metric.Head} {metric.Metric}"), source.ArmLabel(arm.Arm),
                       Table.Text(Figures.Metric(arm.Mean) + (arm.Deviation is null ? "" : $" ± {Figures.Metric(arm.Deviation)}")), Table.Text(Figures.Signed(difference?.Mean)),
                       difference is null ? Table.Text("baseline") : IntervalPicture.Of(difference.Mean, difference.OverSeeds, reach, ColourOf(source, arm.Arm)),
                       Table.Text(Figures.Range(difference?.OverSeeds)), .. few ? (Markup[])[] : [Table.Text(Figures.P(difference?.PHolm)), Table.Text(Figures.Of(difference?.Finding))],
                   ];
        var title = $"Over {(comparison.Seeds.Count == 1 ? "one seed" : $"{comparison.Seeds.Count} seeds")}: would the arm be ahead if both were trained again?";
        var table = Table.Of(title, [.. ((string[])["figure", "arm", "mean ± sd", "difference", "drawn", "95% by t", .. few ? (string[])[] : ["p (Holm)", "finding"]]).Select(Table.Text)], rows);
        return few ? Markup.Of($"{table}{Table.Note($"Fewer than {Comparison.SeedsNeeded} seeds: no conclusion over seeds can be drawn.")}") : table;
    }

    static Markup OverSamples(ReportSource source, Comparison comparison)
    {
        var rows = from metric in comparison.Metrics
                   let reach = IntervalPicture.Reach(metric.Arms.Where(arm => arm.ToBaseline?.OverSamples is not null).Select(arm => (arm.ToBaseline!.Mean, (Interval?)arm.ToBaseline.OverSamples!.Interval)))
                   from arm in metric.Arms
                   let over = arm.ToBaseline?.OverSamples
                   where over is not null
                   select (Markup[])
                   [
                       Table.Text($"{metric.Head} {metric.Metric}"), source.ArmLabel(arm.Arm), Table.Text(Figures.Count(metric.Samples!.Value)), Table.Text(Figures.Signed(arm.ToBaseline!.Mean)),
                       IntervalPicture.Of(arm.ToBaseline.Mean, over.Interval, reach, ColourOf(source, arm.Arm)), Table.Text(Figures.Range(over.Interval)),
                       Table.Text(Figures.Ends(over.Tests.Select(test => test.P), Figures.P)), Table.Text(Figures.Ends(over.Tests.Select(test => test.PHolm), Figures.P)),
                   ];
        Markup[][] all = [.. rows];
        return all.Length == 0 ? Markup.None : Table.Of("Over samples: these trained models on other samples of the same kind. Says nothing of other seeds.",
            [.. ((string[])["figure", "arm", "samples", "difference", "drawn", "95% by bootstrap", "McNemar p", "p (Holm)"]).Select(Table.Text)], all);
    }

    static string ColourOf(ReportSource source, string arm) => Palette.Colour(Math.Max(0, source.IndexOf(arm)));
}
