using Rils.Analysis.Findings;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Analysis.Sheets;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the comparison of the arms with its intervals drawn, in a table for each question: over seeds, over
/// samples, and over both.</summary>
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
            first, .. comparison.Notes.Select(Table.Note), .. ComparisonSheets.OfFactors(comparison).Select(Plain),
            OverSeeds(source, comparison), OverSamples(source, comparison), OverBoth(source, comparison),
            .. ComparisonSheets.Unanswered(comparison).Select(Table.Note), last]);
    }

    static Markup Plain(Sheet sheet) => Markup.Join(
    [
        Table.Of(sheet.Title, [.. sheet.Columns.Select(Table.Text)],
            sheet.Rows.Select(row => (Markup[])[.. row.Select(Table.Text)])),
        .. sheet.Notes.Select(Table.Note),
    ]);

    static Markup OverSeeds(ReportSource source, Comparison comparison)
    {
        var isEnough = Questions.IsEnough(comparison);
        var margin = isEnough ? comparison.Primary?.Margin : null;
        string[] columns = ["arm", "mean ± sd", "difference", "drawn",
            .. isEnough ? (string[])["95% interval", "p", "signs p", "finding"] : [],
            .. margin is null ? (string[])[] : [FormattableString.Invariant($"within ±{margin}")]];
        return Drawn(source, comparison, Questions.OverSeeds(comparison), columns,
            isEnough ? [.. Questions.Together(comparison), .. Questions.Exploratory(comparison)] : [],
            difference => [(difference.Mean, difference.OverSeeds.Simultaneous)],
            (metric, arm, picture) =>
            {
                var (difference, over) = (arm.ToBaseline, arm.ToBaseline?.OverSeeds);
                var spread = arm.Deviation is null ? "" : $" ± {Figures.Spread(arm.Deviation)}";
                return
                [[
                    Table.Text(Figures.Metric(arm.Mean) + spread), Table.Text(Figures.Signed(difference?.Mean)),
                    difference is null ? Table.Text("baseline") : picture(difference.Mean, over!.Simultaneous),
                    .. isEnough ? (Markup[])
                        [
                            Table.Text(Figures.Range(over?.Simultaneous, over?.Degenerate)),
                            Table.Text(Figures.P(over?.P)), Table.Text(Figures.P(over?.SignFlipP)),
                            Table.Text(Figures.Of(over?.Finding, metric)),
                        ] : [],
                    .. margin is null ? (Markup[])[] : [Table.Text(Figures.Of(over?.Equivalence))],
                ]];
            });
    }

    static Markup OverSamples(ReportSource source, Comparison comparison) => Drawn(
        source, comparison, Questions.OverSamples,
        ["arm", "samples", "seed", "difference", "drawn", "95% interval", "McNemar p", "p (Holm)"],
        [.. Questions.Clustered(comparison)],
        difference => difference.OverSamples is { } over
            ? [(difference.Mean, over.Interval), .. over.Models.Select(model => (model.Mean, model.Interval))] : [],
        (metric, arm, picture) =>
        {
            Markup[] Row(string seed, double mean, Interval? interval, Degenerate? degenerate, SampleTest? test) =>
            [
                Table.Text(Figures.Count(metric.Samples!.Value)), Table.Text(seed), Table.Text(Figures.Signed(mean)),
                picture(mean, interval), Table.Text(Figures.Range(interval, degenerate)),
                Table.Text(Figures.P(test?.P)), Table.Text(Figures.P(test?.PHolm)),
            ];
            return arm.ToBaseline?.OverSamples is not { } over ? []
                :
                [
                    .. comparison.Seeds.Count == 1 ? (Markup[][])[]
                        : [Row("mean", arm.ToBaseline.Mean, over.Interval, over.Degenerate, null)],
                    .. over.Models.Select(model =>
                        Row($"{model.Seed}", model.Mean, model.Interval, model.Degenerate, model.Test)),
                ];
        });

    static Markup OverBoth(ReportSource source, Comparison comparison) => Drawn(
        source, comparison, Questions.OverBoth, ["arm", "difference", "drawn", "95% interval", "freedom"],
        Questions.Together(comparison),
        difference => difference.OverBoth is { } over ? [(difference.Mean, over.Simultaneous)] : [],
        (_, arm, picture) => arm.ToBaseline?.OverBoth is not { } over ? []
            :
            [[
                Table.Text(Figures.Signed(arm.ToBaseline.Mean)), picture(arm.ToBaseline.Mean, over.Simultaneous),
                Table.Text(Figures.Range(over.Simultaneous, over.Degenerate)),
                Table.Text(over.Degenerate is null ? Figures.Spread(over.Freedom) : ""),
            ]]);

    /// <summary>Writes a table whose rows belong to metrics and arms, with the intervals of a metric drawn on one
    /// scale.</summary>
    /// <param name="source">The run.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="question">The question that the table answers.</param>
    /// <param name="columns">The titles of the columns after the figure's.</param>
    /// <param name="notes">The lines below the table.</param>
    /// <param name="drawn">The means and intervals of a difference that the table draws.</param>
    /// <param name="rows">The rows of an arm, without its metric and its name; the last argument draws an
    /// interval.</param>
    static Markup Drawn(ReportSource source, Comparison comparison, string question, IReadOnlyList<string> columns,
        IEnumerable<string> notes, Func<Difference, IEnumerable<(double, Interval?)>> drawn,
        Func<MetricComparison, ArmComparison, Func<double, Interval?, Markup>, IEnumerable<Markup[]>> rows)
    {
        Markup[][] all = [.. from metric in comparison.Metrics
                             let reach = IntervalPicture.Reach(
                                 metric.Arms.Select(arm => arm.ToBaseline).OfType<Difference>().SelectMany(drawn))
                             from arm in metric.Arms
                             let colour = Palette.Colour(Math.Max(0, source.IndexOf(arm.Arm)))
                             from row in rows(metric, arm,
                                 (mean, interval) => IntervalPicture.Of(mean, interval, reach, colour))
                             select (Markup[])
                             [
                                 Table.Text($"{metric.Head} {Figures.Named(metric)}"), source.ArmLabel(arm.Arm), .. row,
                             ]];
        if (all.Length == 0) return Markup.None;
        var table = Table.Of(question, [Table.Text("figure"), .. columns.Select(Table.Text)], all);
        return Markup.Join([table, .. notes.Select(Table.Note)]);
    }
}
