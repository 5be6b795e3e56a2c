using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rils.Analysis.Findings;
using Rils.Contract;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Writes a comparison in the formats of other programs.</summary>
static partial class ComparisonFormats
{
    static readonly string[] CsvColumns =
    [
        "head", "metric", "reading", "unit", "chance", "arm", "baseline", "seeds", "mean", "sd", "difference", "t_low",
        "t_high", "sign_flip_p", "sign_flip_p_holm", "samples", "bootstrap_low", "bootstrap_high", "correlation",
        "mcnemar_seed", "only_arm", "only_baseline", "mcnemar_p", "mcnemar_p_holm",
    ];

    /// <summary>The style sheet of the HTML page.</summary>
    const string Style = "body { font: 14px sans-serif } table { border-collapse: collapse } "
        + "th, td { border: 1px solid #bbb; padding: 2px 8px; text-align: left }";

    public static string Json(Comparison comparison) => RunJson.Write(comparison);

    /// <summary>Writes a line for each head, metric and arm, or for each of their seeds where the seeds have tests;
    /// numbers have all their digits.</summary>
    public static string Csv(Comparison comparison)
    {
        var rows = from metric in comparison.Metrics
                   from arm in metric.Arms
                   from row in CsvRows(comparison, metric, arm)
                   select row;
        return Lines([CsvColumns, .. rows], row => string.Join(',', row));
    }

    public static string Markdown(Comparison comparison)
    {
        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Literal))} |";
        var tables = ComparisonSheets.Of(comparison).Select(sheet =>
            $"{Literal(sheet.Title)}\n\n"
                + Lines([sheet.Columns, [.. sheet.Columns.Select(_ => "---")], .. sheet.Rows], Row));
        return string.Join('\n',
        [
            Paragraph(ComparisonSheets.Heading(comparison)), .. tables,
            Paragraph(ComparisonSheets.Caption(comparison)),
        ]);

        static string Paragraph(IEnumerable<string> lines) =>
            string.Concat(lines.Select(line => $"- {Literal(line)}\n"));
    }

    /// <summary>Writes one HTML page that needs no other file.</summary>
    public static string Html(Comparison comparison)
    {
        static string Row(string tag, IEnumerable<string> cells) =>
            $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{WebUtility.HtmlEncode(cell)}</{tag}>"))}</tr>\n";
        static string Paragraph(string text) => $"<p>{WebUtility.HtmlEncode(text)}</p>\n";
        var html = new StringBuilder($"""
            <!doctype html>
            <meta charset="utf-8">
            <title>rils compare</title>
            <style>{Style}</style>

            """);
        foreach (var line in ComparisonSheets.Heading(comparison)) html.Append(Paragraph(line));
        foreach (var sheet in ComparisonSheets.Of(comparison))
            html.Append(Paragraph(sheet.Title)).Append("<table>\n").Append(Row("th", sheet.Columns))
                .AppendJoin("", sheet.Rows.Select(row => Row("td", row))).Append("</table>\n");
        foreach (var line in ComparisonSheets.Caption(comparison)) html.Append(Paragraph(line));
        return html.ToString();
    }

    static IEnumerable<IReadOnlyList<string>> CsvRows(Comparison comparison, MetricComparison metric, ArmComparison arm)
    {
        var (difference, over) = (arm.ToBaseline, arm.ToBaseline?.OverSamples);
        string[] own =
        [
            Text(metric.Head), Text(metric.Metric), Reading(metric.Reading), Text(metric.Unit ?? ""),
            Exact(metric.Chance), Text(arm.Arm), Text(comparison.Baseline),
            $"{comparison.Seeds.Count}", Exact(arm.Mean), Exact(arm.Deviation),
            Exact(difference?.Mean), Exact(difference?.OverSeeds?.Low), Exact(difference?.OverSeeds?.High),
            Exact(difference?.P), Exact(difference?.PHolm),
            $"{metric.Samples}", Exact(over?.Interval.Low), Exact(over?.Interval.High), Exact(over?.Correlation),
        ];
        if (over is null || over.Tests.Count == 0) return [[.. own, "", "", "", "", ""]];
        return over.Tests.Select(test => (string[])
        [
            .. own, $"{test.Seed}", $"{test.OnlyArm}", $"{test.OnlyBaseline}", Exact(test.P), Exact(test.PHolm),
        ]);
    }

    static string Reading(MetricReading reading) => RunJson.Line(reading).Trim('"');

    static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Writes a name as a cell of CSV (RFC 4180). An apostrophe stands before a name that begins like a
    /// formula, so that no spreadsheet computes the name.</summary>
    static string Text(string name)
    {
        var cell = Printable.Line(name is ['=' or '+' or '-' or '@', ..] ? $"'{name}" : name);
        return cell.AsSpan().ContainsAny(",\"") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
    }

    /// <summary>Escapes text so that Markdown shows it unchanged, in a cell of a table too.</summary>
    static string Literal(string text) => Obeyed().Replace(Printable.Line(text), @"\$0");

    [GeneratedRegex(@"[\\`|*<>&\[\]]")]
    private static partial Regex Obeyed();

    static string Lines(IEnumerable<IReadOnlyList<string>> lines, Func<IReadOnlyList<string>, string> write) =>
        string.Concat(lines.Select(line => write(line) + "\n"));
}
