using Rils.Analysis.Report.Curves;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sections;
using Rils.Analysis.Report.Sources;

namespace Rils.Analysis.Report;

/// <summary>Writes the page: its head, its sections in order, and the scripts that draw the curves.</summary>
static class ReportPage
{
    public static string Write(ReportSource source)
    {
        Section[] sections =
        [
            SummarySection.Of(source), ComparisonSection.Of(source), CurvesSection.Of(source),
            GallerySection.Of(source), ScheduleSection.Of(source), ExperimentSection.Of(source),
            MachineSection.Of(source),
        ];
        string[] scripts = [Asset.Text("uPlot.min.js"), Asset.Text("report.js")];
        // The policy allows no address, so the page fetches nothing, whatever its text holds.
        var policy = "default-src 'none'; style-src 'unsafe-inline'; "
            + $"script-src {string.Join(' ', scripts.Select(Asset.PolicyHash))}; img-src data:; "
            + "base-uri 'none'; form-action 'none'";
        var name = string.Join(", ", source.Runs.Select(run => run.Run.Experiment.Root.Text("name")).Distinct());
        var what = source.IsJoined ? $"report of {source.Runs.Count} runs" : "report of a run";
        var links = sections.Select(section => Markup.Of($"<a href=\"#{section.Id}\">{section.Title}</a>"));
        var curves = ChartJson.Write(source.Arms, [.. source.Training, .. source.Evaluations]);
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <link rel="icon" href="data:,">
            <title>{name}: {what}</title>
            <style>
            {new Markup(Asset.Text("uPlot.min.css"))}
            {new Markup(Asset.Text("report.css"))}
            </style>
            </head>
            <body>
            <header>
            <h1>{name}</h1>
            <nav aria-label="Sections">{links}</nav>
            </header>
            <main>
            {sections.Select(section => section.Write())}</main>
            <script type="application/json" id="curves-data">{curves}</script>
            <!-- uPlot
            {new Markup(Asset.Text("uPlot.LICENSE"))}
            -->
            {scripts.Select(script => new Markup($"<script>{script}</script>\n"))}</body>
            </html>

            """).Html;
    }
}
