using Rils.Analysis.Report.Curves;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;

namespace Rils.Analysis.Report.Sections;

/// <summary>Makes the places for the charts, which <c>report.js</c> fills.</summary>
static class CurvesSection
{
    public static Section Of(ReportSource source)
    {
        if (source.Training.Count + source.Evaluations.Count == 0)
            return new("curves", "Curves",
                Table.Note("The folder has no metrics.jsonl, and no head was evaluated: there are no curves."));
        var training = Group("Training, by step", source.Training, 0);
        var evaluations = Group("Evaluations, by steps done", source.Evaluations, source.Training.Count);
        return new("curves", "Curves", Markup.Of($"""
            <p class="legend">{source.Arms.Select(arm => source.ArmLabel(arm))}</p>
            {Zoom}
            <p class="note">{Help(source)}</p>
            <noscript><p class="note">{Scripts}</p></noscript>
            {training}{evaluations}
            """));
    }

    const string Scripts = "The curves are drawn by the script of this page, and scripts are switched off.";

    static Markup Zoom => Markup.Of(
        $"""<form class="zoom" id="zoom" aria-label="Steps shown">"""
        + $"""<label>from step <input type="number" name="from" min="0" inputmode="numeric"></label>"""
        + $"""<label>to <input type="number" name="to" min="0" inputmode="numeric"></label>"""
        + $"""<button type="submit">show</button><button type="reset">all</button></form>""");

    static Markup Help(ReportSource source)
    {
        var perPoint = source.Training.Select(chart => chart.StepsPerPoint).DefaultIfEmpty(1).Max();
        var bands = source.Run.Seeds.Count > 1
            ? " Lines are means over the seeds, bands reach from the smallest to the largest." : "";
        var points = perPoint > 1 ? $" A point is the mean of {perPoint} steps." : "";
        return Markup.Of(
            $"<span class=\"screen\">Drag over a curve to zoom in, double-click to zoom out; "
            + $"the legend's names switch arms off and on.</span>{bands}{points}");
    }

    static Markup Group(string title, IReadOnlyList<Chart> charts, int first) =>
        charts.Count == 0 ? Markup.None : Markup.Of($"""
            <h3>{title}</h3>
            <div class="charts">
            {charts.Index().Select(chart => Figure(chart.Item, first + chart.Index))}</div>

            """);

    static Markup Figure(Chart chart, int place) => Markup.Of(
        $"""<figure class="chart" data-chart="{place}"><figcaption>{chart.Title}</figcaption>"""
        + $"<div class=\"plot\" role=\"img\" aria-label=\"{Spoken(chart)}\"></div></figure>\n");

    static string Spoken(Chart chart) => $"curves of {chart.Title} over {chart.Steps.Count} points";
}
