using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Sheets;
using Rils.Contract;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Writes a comparison in the formats of other programs.</summary>
static partial class ComparisonFormats
{
    static readonly string[] CsvColumns =
    [
        "seed", "value", "baseline", "seeds", "samples", "clusters", "mean", "deviation", "difference",
        "over_seeds_low", "over_seeds_high", "over_seeds_simultaneous_low", "over_seeds_simultaneous_high",
        "over_seeds_p", "over_seeds_p_holm", "over_seeds_sign_flip_p", "over_seeds_degenerate", "over_seeds_finding",
        "over_seeds_equivalence_margin", "over_seeds_equivalence_p", "over_seeds_equivalence_is_shown",
        "over_samples_low", "over_samples_high", "over_samples_degenerate", "over_samples_correlation",
        "over_both_low", "over_both_high", "over_both_simultaneous_low", "over_both_simultaneous_high",
        "over_both_freedom", "over_both_seed", "over_both_sample", "over_both_residual", "over_both_of_mean",
        "over_both_degenerate",
        "model_mean", "model_low", "model_high", "model_degenerate", "model_only_arm",
        "model_only_baseline", "model_p", "model_p_holm",
    ];

    /// <summary>The style sheet of the HTML page.</summary>
    const string Style = "body { font: 14px sans-serif } table { border-collapse: collapse } "
        + "th, td { border: 1px solid #bbb; padding: 2px 8px; text-align: left }";

    public static string Json(Comparison comparison) => RunJson.Write(comparison);

    /// <summary>Writes a line for each arm, seed, head and metric, with a column for each factor of a sweep; numbers
    /// have all their digits, and columns the names of JSON.</summary>
    public static string Csv(Comparison comparison)
    {
        var factors = FactorColumns.Of(comparison);
        string[] columns =
        [
            "head", "metric", "reading", "unit", "chance", "is_primary", "arm",
            .. factors.Keys.Count > 0 ? (string[])["file_arm"] : [], .. factors.Keys.Select(Text),
            .. CsvColumns,
        ];
        var rows = from metric in comparison.Metrics
                   from arm in metric.Arms
                   from row in CsvRows(comparison, factors, metric, arm)
                   select row;
        return Lines([columns, .. rows], row => string.Join(',', row));
    }

    public static string Markdown(Comparison comparison)
    {
        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Literal))} |";
        var tables = All(comparison).Select(sheet =>
            $"{Literal(sheet.Title)}\n\n"
                + Lines([sheet.Columns, [.. sheet.Columns.Select(_ => "---")], .. sheet.Rows], Row)
                + string.Concat(sheet.Notes.Select(note => $"\n{Literal(note)}\n")));
        return string.Join('\n',
        [
            Paragraph(ComparisonSheets.Heading(comparison)), .. tables,
            Paragraph(ComparisonSheets.Caption(comparison)),
        ]);

        static string Paragraph(IEnumerable<string> lines) =>
            string.Concat(lines.Select(line => $"- {Literal(line)}\n"));
    }

    /// <summary>Writes a <c>table</c> for each question, with the lines of booktabs.</summary>
    public static string Latex(Comparison comparison)
    {
        static string Row(IEnumerable<string> cells) => $"{string.Join(" & ", cells.Select(LatexText))} \\\\";
        static string Table(Sheet sheet) => $$"""
            \begin{table}
            \caption{{{LatexText(sheet.Title)}}}
            \begin{tabular}{ll{{new string('r', Math.Max(0, sheet.Columns.Count - 2))}}}
            \toprule
            {{Row(sheet.Columns)}}
            \midrule
            {{Lines(sheet.Rows, Row)}}\bottomrule
            \end{tabular}
            {{string.Concat(sheet.Notes.Select(note => $"\n\\par {LatexText(note)}"))}}
            \end{table}

            """;
        return string.Concat(
        [
            "% in the preamble: \\usepackage{booktabs}\n",
            .. ComparisonSheets.Heading(comparison).Concat(ComparisonSheets.Caption(comparison))
                .Select(line => $"% {Printable.Line(line)}\n"),
            .. All(comparison).Select(Table),
        ]);
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
        foreach (var sheet in All(comparison))
            html.Append(Paragraph(sheet.Title)).Append("<table>\n").Append(Row("th", sheet.Columns))
                .AppendJoin("", sheet.Rows.Select(row => Row("td", row))).Append("</table>\n")
                .AppendJoin("", sheet.Notes.Select(Paragraph));
        foreach (var line in ComparisonSheets.Caption(comparison)) html.Append(Paragraph(line));
        return html.ToString();
    }

    /// <summary>All tables: arms by metrics, the answers of a sweep, the three questions.</summary>
    static IEnumerable<Sheet> All(Comparison comparison) =>
        [ComparisonSheets.Means(comparison), .. ComparisonSheets.OfFactors(comparison),
            .. ComparisonSheets.Of(comparison)];

    static IEnumerable<IReadOnlyList<string>> CsvRows(
        Comparison comparison, FactorColumns factors, MetricComparison metric, ArmComparison arm)
    {
        var difference = arm.ToBaseline;
        var (seeds, samples, both) = (difference?.OverSeeds, difference?.OverSamples, difference?.OverBoth);
        string[] before =
        [
            Text(metric.Head), Text(metric.Metric), Word(metric.Reading), Text(metric.Unit ?? ""),
            Exact(metric.Chance), Word<bool?>(metric.IsPrimary), Text(arm.Arm),
            .. factors.Keys.Count > 0 ? (string[])[Text(FactorColumns.FileArm(comparison, arm.Arm))] : [],
            .. factors.Levels(comparison, arm.Arm).Select(Text),
        ];
        string[] after =
        [
            Text(comparison.Baseline), $"{comparison.Seeds.Count}", $"{metric.Samples}", $"{metric.Clusters}",
            Exact(arm.Mean), Exact(arm.Deviation), Exact(difference?.Mean),
            .. Ends(seeds?.Interval), .. Ends(seeds?.Simultaneous), Exact(seeds?.P), Exact(seeds?.PHolm),
            Exact(seeds?.SignFlipP), Word(seeds?.Degenerate), Word(seeds?.Finding),
            Exact(seeds?.Equivalence?.Margin), Exact(seeds?.Equivalence?.P), Word(seeds?.Equivalence?.IsShown),
            .. Ends(samples?.Interval), Word(samples?.Degenerate), Exact(samples?.Correlation),
            .. Ends(both?.Interval), .. Ends(both?.Simultaneous), Exact(both?.Freedom), Exact(both?.Components.Seed),
            Exact(both?.Components.Sample), Exact(both?.Components.Residual), Exact(both?.Components.OfMean),
            Word(both?.Degenerate),
        ];
        return comparison.Seeds.Zip(arm.Values, (seed, value) => (string[])
        [
            .. before, $"{seed}", Exact(value), .. after,
            .. OfModels(samples?.Models.First(model => model.Seed == seed)),
        ]);
    }

    static string[] OfModels(ModelDifference? model) =>
    [
        Exact(model?.Mean), .. Ends(model?.Interval), Word(model?.Degenerate), $"{model?.Test?.OnlyArm}",
        $"{model?.Test?.OnlyBaseline}", Exact(model?.Test?.P), Exact(model?.Test?.PHolm),
    ];

    static string[] Ends(Interval? interval) => [Exact(interval?.Low), Exact(interval?.High)];

    /// <summary>Writes a value of an enumeration by the word that JSON has for it; writes nothing for null.</summary>
    static string Word<T>(T? value) => value is null ? "" : RunJson.Line(value).Trim('"');

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

    /// <summary>Escapes text so that LaTeX shows it unchanged; a minus before a number is one of mathematics.</summary>
    static string LatexText(string text) => Minus().Replace(LatexObeyed().Replace(Printable.Line(text), found =>
        found.Value switch
        {
            "\\" => @"\textbackslash{}",
            "~" => @"\textasciitilde{}",
            "^" => @"\textasciicircum{}",
            "<" => @"\textless{}",
            ">" => @"\textgreater{}",
            "|" => @"\textbar{}",
            var other => $@"\{other}",
        }), "$$-$$");

    [GeneratedRegex(@"[\\{}&%$#_~^<>|]")]
    private static partial Regex LatexObeyed();

    [GeneratedRegex(@"(?<![\w.])-(?=\d)")]
    private static partial Regex Minus();

    static string Lines(IEnumerable<IReadOnlyList<string>> lines, Func<IReadOnlyList<string>, string> write) =>
        string.Concat(lines.Select(line => write(line) + "\n"));
}
