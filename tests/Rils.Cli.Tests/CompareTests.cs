using System.Text.Json;
using System.Text.RegularExpressions;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Sheets;
using Rils.Cli.Rendering;
using Rils.Runs;
using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary>The output of <c>rils compare</c> in every format.</summary>
public sealed class CompareTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Text_has_a_table_for_each_of_three_questions()
    {
        var lines = Lines(Command.Here("compare", Run(6)).Returns(0).Output);
        Assert.Equal("differences are to arm clip; --baseline ARM chooses another of rils, clip", lines[0]);
        Assert.Equal("Other seeds, these samples: would the arm be ahead if trained again? "
            + "6 seeds (0, 1, 2, 3, 4, 5).", lines[1]);
        Assert.Equal("metric arm mean sd difference 95% interval p signs p finding", lines[2]);
        Assert.Equal("zero-shot:", lines[3]);
        Assert.Matches(
            @"^top1 rils 0\.\d+ 0\.\d+ \+0\.\d+ \+0\.\d+ to \+0\.\d+ <0\.0001 0\.0313 \(better\)$", lines[4]);
        Assert.Matches(@"^top1 clip 0\.\d+ 0\.\d+$", lines[5]);
        Assert.Equal("Findings in brackets are exploratory: the runs did not name one `primary` metric when they "
            + "began.", lines[8]);
        lines = lines[1..];
        Assert.StartsWith("These models, other samples: ", lines[8]);
        Assert.Equal("metric arm n seed difference 95% interval only arm only clip McNemar p", lines[9]);
        Assert.Matches(@"^top1 rils 40 mean \+0\.\d+ \+0\.\d+ to \+0\.\d+$", lines[11]);
        Assert.All(Enumerable.Range(0, 6), seed => Assert.Matches(
            $@"^top1 rils 40 {seed} \+0\.\d+ [+-]0\.\d+ to \+0\.\d+ \d+ 0 0\.\d+$", lines[12 + seed]));
        Assert.StartsWith("Other seeds and other samples: would", lines[18]);
        Assert.Equal("metric arm difference 95% interval freedom from seeds from samples rest", lines[19]);
        Assert.Matches(@"^top1 rils \+0\.\d+ \+0\.\d+ to \+0\.\d+ \d+(\.\d+)? \d+% \d+% \d+%$", lines[21]);
        Assert.Equal("Other seeds and other samples: no answer for zero-shot mean_per_class "
            + "(the head has no outcomes of single samples).", lines[22]);
        Assert.Equal("zero-shot: chance 0.1; samples 40", lines[23]);
        Assert.Equal(24, lines.Length);
    }

    [Fact]
    public void Tables_of_usual_names_fit_into_a_hundred_columns()
    {
        var run = new FakeRun { HasError = true, Arms = [("rils", 0.6), ("mae", 0.5), ("clip", 0.4)] }
            .Write(Path.Combine(folder, "wide"));
        var compared = Comparer.Compare([run], new() { Metrics = ["top1"] });
        var named = compared with
        {
            Metrics = [.. compared.Metrics.Select(metric => metric with { Metric = "image_to_text_r10" })],
        };
        Assert.All(ComparisonSheets.Of(named), sheet => Assert.InRange(
            sheet.Columns.Select((column, place) =>
                sheet.Rows.Select(row => row[place]).Append(column).Max(cell => cell.Length) + 1).Sum(), 50, 100));
        Assert.All(ComparisonSheets.Of(named).SelectMany(sheet => sheet.Notes.Append(sheet.Title)),
            line => Assert.InRange(line.Length, 1, 110));
    }

    [Fact]
    public void Too_few_seeds_are_told_and_have_no_interval()
    {
        var two = Lines(Command.Here("compare", Run(2)).Returns(0).Output);
        Assert.Equal("Other seeds: no answer from 2 seeds (0, 1); that takes 3 seeds or more.", two[1]);
        Assert.Equal("metric arm mean sd difference", two[2]);
        Assert.DoesNotContain(two, line => line.StartsWith("Other seeds and other samples"));
        var one = Lines(Command.Here("compare", Run(1)).Returns(0).Output);
        Assert.Equal("One seed (0) cannot show that an arm is better: that takes 3 seeds or more.", one[1]);
        Assert.Equal("metric arm mean difference", one[2]);
        // For one seed, no row stands for a mean.
        Assert.Single(one, line => line.StartsWith("top1 rils 40 "));
    }

    [Fact]
    public void Several_arms_are_told_to_have_wider_intervals_and_an_arm_without_a_spread_why_it_has_none()
    {
        var arms = new FakeRun
        {
            Arms = [("a", 0.6), ("same", 0.4), ("c", 0.45), ("clip", 0.4)], Seeds = [0, 1, 2],
        }.Write(Path.Combine(folder, "arms"));
        var lines = Lines(Command.Here("compare", arms).Returns(0).Output);
        Assert.Equal(2, lines.Count(line => line == "The intervals of all 3 arms hold at once with 95%, "
            + "so each is wider than alone; a p is the arm's own."));
        Assert.Contains(lines, line =>
            Regex.IsMatch(line, @"^top1 same 0\.\d+ 0\.\d+ 0 identical outcomes \(not testable\)$"));
        Assert.Contains("top1 same 40 mean 0 identical outcomes", lines);
        Assert.Contains("top1 same 0 identical outcomes", lines);
        // Three seeds would find this difference for a single arm, and do not for one of three.
        Assert.Contains(lines, line =>
            Regex.IsMatch(line, @"^top1 a 0\.\d+ 0\.\d+ \+0\.\d+ -0\.\d+ to \+0\.\d+ 0\.0342 \(none found\)$"));
    }

    /// <summary>The question of mask ratio and target with three seeds: a grid and the effects stand above all
    /// else.</summary>
    [Fact]
    public void A_sweep_of_two_factors_has_a_grid_its_effects_and_columns()
    {
        var run = Swept();
        var lines = Lines(Command.Here("compare", run, "--baseline", "rils-0.75-language").Returns(0).Output);
        var start = Array.IndexOf(lines, "zero-shot top1 by ratio (down) and target (across): mean ± standard "
            + "deviation of 3 seeds (0, 1, 2).");
        Assert.Equal("ratio language pixel", lines[start + 1]);
        Assert.All(((string[])["0.5", "0.75", "0.9"]).Index(), level => Assert.Matches(
            $@"^{level.Item}( 0\.\d+ ± 0(\.\d+)?){{2}}$", lines[start + 2 + level.Index]));
        Assert.Matches(@"^clip: 0\.\d+ ± 0\.\d+$", lines[start + 5]);
        Assert.Equal("factor level difference 95% interval p finding", lines[start + 7]);
        Assert.Equal(["ratio 0.5", "ratio 0.9", "target pixel", "ratio line", "ratio x", "ratio x"],
            lines[(start + 8)..(start + 14)].Select(line => string.Join(' ', line.Split(' ')[..2])));
        Assert.Equal("Differences are to ratio 0.75, target language, the baseline's levels; the intervals of one "
            + "factor's levels, and of one pair's, hold at once with 95%.", lines[start + 14]);
        Assert.Contains("metric arm ratio target mean sd difference 95% interval p finding within ±0.05", lines);
        Assert.Contains(lines, line => line.StartsWith("top1 rils 0.9 pixel 0."));
        var rows = Command.Here("compare", run, "--format", "csv").Returns(0).Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith(
            "head,metric,reading,unit,chance,is_primary,arm,file_arm,masking.ratio,target.kind,seed,value,", rows[0]);
        Assert.Contains(rows, row => row.StartsWith(
            "zero-shot,top1,higher is better,,0.1,true,rils-0.9-pixel,rils,0.9,pixel,2,0."));
        Assert.Equal(1 + 2 * 7 * 3, rows.Length);
        Assert.Contains("\n| arm | ratio | target | zero-shot top1 | zero-shot mean_per_class |\n",
            Command.Here("compare", run, "--format", "markdown").Returns(0).Output);
        var only = Lines(Command.Here("compare", run, "--arm", "clip", "--arm", "rils-0.9-pixel").Returns(0).Output);
        Assert.Equal("differences are to arm clip; --baseline ARM chooses another of rils-0.9-pixel, clip", only[0]);
        Assert.Contains("--arm x: no arm", Command.Here("compare", run, "--arm", "x").Returns(2).Error);
        Assert.StartsWith("differences are to arm clip; --baseline ARM chooses another of rils-0.5-language, ",
            Lines(Command.Here("compare", run, "--arm", "rils", "--baseline", "clip").Returns(0).Output)[0]);
    }

    [Fact]
    public void The_primary_metric_stands_first_without_brackets_and_says_whether_arms_are_equivalent()
    {
        var lines = Lines(Command.Here("compare", Swept()).Returns(0).Output);
        Assert.Contains(lines, line => line == "zero-shot, primary:");
        Assert.Contains(lines, line =>
            Regex.IsMatch(line, @"^top1 rils 0\.9 pixel .* (better|none found)( yes| not shown)$"));
        Assert.Contains(lines, line =>
            Regex.IsMatch(line, @"^mean_per_class rils 0\.9 pixel .* \((better|none found)\)$"));
        Assert.Contains("Findings in brackets are exploratory: zero-shot.top1 alone was named `primary` when the runs "
            + "began.", lines);
    }

    string Swept()
    {
        (double Ratio, string Target, double Skill)[] points =
        [
            (0.5, "language", 0.5), (0.5, "pixel", 0.45), (0.75, "language", 0.6), (0.75, "pixel", 0.5),
            (0.9, "language", 0.65), (0.9, "pixel", 0.55),
        ];
        string Name((double Ratio, string Target, double) point) =>
            FormattableString.Invariant($"rils-{point.Ratio}-{point.Target}");
        return new FakeRun
        {
            Seeds = [0, 1, 2], Arms = [.. points.Select(point => (Name(point), point.Skill)), ("clip", 0.4)],
            Primary = new("zero-shot.top1", 0.05), Root = "primary = \"zero-shot.top1\"\nmargin = 0.05",
            Swept =
            [
                .. points.Select(point => new SweepArm(Name(point), "rils", new Dictionary<string, string>
                {
                    ["masking.ratio"] = FormattableString.Invariant($"{point.Ratio}"),
                    ["arm.rils.target.kind"] = $"\"{point.Target}\"",
                })),
                new("clip", "clip", new Dictionary<string, string>()),
            ],
        }.Write(Path.Combine(folder, "swept"));
    }

    [Fact]
    public void Csv_and_json_hold_every_digit_and_markdown_and_html_the_tables()
    {
        var run = Run(6);
        using var json = JsonDocument.Parse(Command.Here("compare", run, "--format", "json").Returns(0).Output);
        var rils = json.RootElement.GetProperty("metrics")[0].GetProperty("arms")[0];
        var difference = rils.GetProperty("to_baseline");
        Assert.Equal(("rils", "higher", 6), (rils.GetProperty("arm").GetString(),
            difference.GetProperty("over_seeds").GetProperty("finding").GetString(),
            rils.GetProperty("values").GetArrayLength()));
        var rows = Command.Here("compare", run, "--format", "csv")
            .Returns(0).Output.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        // A header, and a line for each of two metrics, two arms and six seeds.
        Assert.Equal(1 + 2 * 2 * 6, rows.Length);
        Assert.Equal(json.RootElement.GetProperty("rows").EnumerateArray().Select(row => string.Join(' ',
            ((string[])["head", "metric", "arm", "seed", "value"]).Select(name => $"{row.GetProperty(name)}"))),
            rows[1..].Select((_, row) => string.Join(' ',
                ((string[])["head", "metric", "arm", "seed", "value"]).Select(name => Cell(row + 1, name)))));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        string Cell(int row, string column) => rows[row][Array.IndexOf(rows[0], column)];
        Assert.Equal(difference.GetProperty("mean").GetRawText(), Cell(1, "difference"));
        // A column of CSV has the path of JSON as its name.
        JsonElement seeds = difference.GetProperty("over_seeds"), both = difference.GetProperty("over_both"),
            model = difference.GetProperty("over_samples").GetProperty("models")[5];
        Assert.Equal(seeds.GetProperty("simultaneous").GetProperty("low").GetRawText(),
            Cell(1, "over_seeds_simultaneous_low"));
        foreach (var name in (string[])["p", "p_holm", "sign_flip_p"])
            Assert.Equal(seeds.GetProperty(name).GetRawText(), Cell(1, $"over_seeds_{name}"));
        Assert.Equal("higher", Cell(1, "over_seeds_finding"));
        foreach (var name in (string[])["seed", "sample", "residual", "of_mean"])
            Assert.Equal(both.GetProperty("components").GetProperty(name).GetRawText(), Cell(1, $"over_both_{name}"));
        Assert.Equal(both.GetProperty("freedom").GetRawText(), Cell(1, "over_both_freedom"));
        Assert.Equal(model.GetProperty("interval").GetProperty("high").GetRawText(), Cell(6, "model_high"));
        Assert.Equal(model.GetProperty("test").GetProperty("p").GetRawText(), Cell(6, "model_p"));
        Assert.Contains("\n| arm | zero-shot top1 | zero-shot mean_per_class |\n",
            Command.Here("compare", run, "--format", "markdown").Returns(0).Output);
        Assert.Contains("\n| metric | arm | mean |",
            Command.Here("compare", run, "--format", "markdown").Returns(0).Output);
        var latex = Command.Here("compare", run, "--format", "latex").Returns(0).Output;
        foreach (var table in latex.Split("\\begin{table}")[1..])
        {
            var lines = table.Split('\n').Where(line => line.EndsWith(@"\\", StringComparison.Ordinal)).ToArray();
            Assert.All(lines, line => Assert.Equal(lines[0].Split(" & ").Length, line.Split(" & ").Length));
            Assert.Contains(@"\begin{tabular}{ll" + new string('r', lines[0].Split(" & ").Length - 2) + "}", table);
        }
        Assert.Contains(@"top1 & rils & ", latex);
        Assert.Contains(@"mean\_per\_class & rils & ", latex);
        Assert.Matches(@"\$-\$0\.\d+ to \+0\.\d+", latex);
        var html = Command.Here("compare", run, "--format", "html").Returns(0).Output;
        // Headings of tables and heads; means of two arms; two metrics of two arms; the mean and the models of six
        // seeds; and both.
        Assert.Equal((4, 4 + 3 + 2 + 4 + 7 + 1), (html.Split("<table>").Length - 1, html.Split("<tr>").Length - 1));
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public void Names_are_text_in_every_format()
    {
        const string Formula = "=1+2", Marked = "a|b`c`<i>,[d](e)&*f*", Turned = "u\u202e\u009b\nv";
        var run = new FakeRun { Arms = [("+x", 0.4), ("clip", 0.6)] }.Write(Path.Combine(folder, "names"));
        var compared = Comparer.Compare([run], new());
        var named = compared with { Metrics = [.. compared.Metrics.Zip([Marked, Turned],
            (metric, name) => metric with { Head = Formula, Metric = name })] };
        var csv = ComparisonFormats.Csv(named).Split('\n');
        Assert.StartsWith($"'=1+2,\"{Marked}\",higher is better,,0.1,false,'+x,0,", csv[1]);
        Assert.Contains(csv, line => line.StartsWith(@"'=1+2,u\u202e\x9b\x0av,higher is better,,,false,'+x,0,"));
        // A number below 0 stays a number: no apostrophe goes before its minus sign.
        Assert.Contains(csv, line =>
            line.Split(',').Any(cell =>
            double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < 0));
        Assert.DoesNotContain(csv, line => line.Contains("'-"));
        var markdown = ComparisonFormats.Markdown(named);
        Assert.Contains("\n| =1+2: | ", markdown);
        Assert.Contains(@"| a\|b\`c\`\<i\>,\[d\](e)\&\*f\* | +x |", markdown);
        Assert.Contains(@"| u\\u202e\\x9b\\x0av | +x |", markdown);
        var latex = ComparisonFormats.Latex(named);
        Assert.Contains("\n=1+2: & ", latex);
        Assert.Contains(@"\na\textbar{}b`c`\textless{}i\textgreater{},[d](e)\&*f* & +x & ".Replace(@"\n", "\n"), latex);
        Assert.Contains(@"u\textbackslash{}u202e\textbackslash{}x9b\textbackslash{}x0av & +x & ", latex);
        Assert.Contains("<td>=1+2:</td>", ComparisonFormats.Html(named));
        Assert.Contains("<td>a|b`c`&lt;i&gt;,[d](e)&amp;*f*</td>", ComparisonFormats.Html(named));
        // JSON has an escape of its own for such characters, and no terminal obeys it.
        using var target = new StringWriter();
        using var printed = new PrintableWriter(target);
        printed.Write(ComparisonFormats.Json(named));
        using var json = JsonDocument.Parse(target.ToString());
        Assert.Equal([Marked, Turned], json.RootElement.GetProperty("metrics").EnumerateArray()
            .Select(metric => metric.GetProperty("metric").GetString()!));
    }

    [Fact]
    public void What_cannot_be_compared_is_a_mistake_in_the_input()
    {
        Assert.Contains("does not exist", Command.Here("compare", Path.Combine(folder, "none")).Returns(2).Error);
        Assert.Contains("--baseline x", Command.Here("compare", Run(1), "--baseline", "x").Returns(2).Error);
        Command.Here("compare").Returns(2);
    }

    string Run(int seeds) => new FakeRun { Seeds = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)] }
        .Write(Path.Combine(folder, $"run-{seeds}"));

    static string[] Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}
