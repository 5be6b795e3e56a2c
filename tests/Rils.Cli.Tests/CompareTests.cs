using System.Text.Json;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Cli.Rendering;
using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary>The output of <c>rils compare</c> in every format.</summary>
public sealed class CompareTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Text_keeps_seeds_and_samples_apart()
    {
        var lines = Lines(Command.Here("compare", Run(6)).Returns(0).Output);
        Assert.Equal("differences are to arm clip; --baseline ARM chooses another of rils, clip", lines[0]);
        Assert.StartsWith("Over 6 seeds (0, 1, 2, 3, 4, 5)", lines[1]);
        Assert.Equal("head metric arm mean sd difference 95% by t p p (Holm) finding", lines[2]);
        Assert.Matches(@"^zero-shot top1 rils 0\.\d+ 0\.\d+ \+0\.\d+ \+0\.\d+ to \+0\.\d+ 0\.0313 0\.0313 better$",
            lines[3]);
        Assert.Matches(@"^zero-shot top1 clip 0\.\d+ 0\.\d+$", lines[4]);
        Assert.StartsWith("Over samples: ", lines[7]);
        Assert.Equal("head metric samples arm difference "
            + "95% by bootstrap only arm only clip McNemar p p (Holm) correlation", lines[8]);
        Assert.Matches(@"^zero-shot top1 40 rils \+0\.\d+ \+0\.\d+ to \+0\.\d+ \d+ to \d+ 0 .* 0\.\d\d$", lines[9]);
        Assert.Equal("zero-shot: chance 0.1; samples 40", lines[10]);
        Assert.Equal(11, lines.Length);
    }

    [Fact]
    public void Too_few_seeds_are_told_and_have_no_p()
    {
        var three = Lines(Command.Here("compare", Run(3)).Returns(0).Output);
        Assert.Equal("Over 3 seeds (0, 1, 2): fewer than 5 seeds, so no conclusion over seeds can be drawn.", three[1]);
        Assert.Equal("head metric arm mean sd difference 95% by t", three[2]);
        Assert.Equal("head metric arm mean difference", Lines(Command.Here("compare", Run(1)).Returns(0).Output)[2]);
        const string Says =
            "the smallest p (Holm) that {0} seeds can give is 0.0625, so no difference can be found; {1} can find one.";
        Assert.Contains(string.Format(Says, 5, 6), Command.Here("compare", Run(5)).Returns(0).Output);
        var arms = new FakeRun { Arms = [("a", 0.9), ("b", 0.7), ("c", 0.1)] }.Write(Path.Combine(folder, "arms"));
        Assert.Contains(string.Format(Says, 6, 7), Command.Here("compare", arms).Returns(0).Output);
    }

    [Fact]
    public void Csv_and_json_hold_every_digit_and_markdown_and_html_the_tables()
    {
        var run = Run(6);
        using var json = JsonDocument.Parse(Command.Here("compare", run, "--format", "json").Returns(0).Output);
        var rils = json.RootElement.GetProperty("metrics")[0].GetProperty("arms")[0];
        var difference = rils.GetProperty("to_baseline");
        Assert.Equal(("rils", "higher", 6), (rils.GetProperty("arm").GetString(),
            difference.GetProperty("finding").GetString(), rils.GetProperty("values").GetArrayLength()));
        var rows = Command.Here("compare", run, "--format", "csv")
            .Returns(0).Output.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        // A header; a line for the test of each seed; one for the baseline; and two for the metric without tests.
        Assert.Equal(1 + 6 + 1 + 2, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal(difference.GetProperty("mean").GetRawText(), rows[1][Array.IndexOf(rows[0], "difference")]);
        Assert.Equal(difference.GetProperty("over_samples").GetProperty("tests")[5].GetProperty("p").GetRawText(),
            rows[6][Array.IndexOf(rows[0], "mcnemar_p")]);
        Assert.Contains("\n| head | metric | arm | mean |",
            Command.Here("compare", run, "--format", "markdown").Returns(0).Output);
        var html = Command.Here("compare", run, "--format", "html").Returns(0).Output;
        Assert.Equal((2, 2 + 4 + 1), (html.Split("<table>").Length - 1, html.Split("<tr>").Length - 1));
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
        Assert.StartsWith($"'=1+2,\"{Marked}\",higher is better,,0.1,'+x,clip,6,", csv[1]);
        Assert.Contains(csv, line => line.StartsWith(@"'=1+2,u\u202e\x9b\x0av,higher is better,,,'+x,clip,6,"));
        // A number below 0 stays a number: no apostrophe goes before its minus sign.
        Assert.Contains(csv, line =>
            line.Split(',').Any(cell =>
            double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < 0));
        Assert.DoesNotContain(csv, line => line.Contains("'-"));
        var markdown = ComparisonFormats.Markdown(named);
        Assert.Contains(@"| =1+2 | a\|b\`c\`\<i\>,\[d\](e)\&\*f\* | +x |", markdown);
        Assert.Contains(@"| =1+2 | u\\u202e\\x9b\\x0av | +x |", markdown);
        Assert.Contains("<td>=1+2</td><td>a|b`c`&lt;i&gt;,[d](e)&amp;*f*</td>", ComparisonFormats.Html(named));
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
