using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary><c>rils report</c> of a run that the test trains, opened in a browser where the machine has one.</summary>
public sealed class ReportTests(Toy toy) : IClassFixture<Toy>, IDisposable
{
    const string Browser = "/usr/bin/chromium";
    readonly string folder = Directory.CreateTempSubdirectory("rils-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Refuses_what_is_no_finished_run()
    {
        Assert.Contains("does not exist", Command.Here("report", Path.Combine(folder, "none")).Returns(2).Error);
        Assert.Contains("is no run folder", Command.Here("report", folder).Returns(2).Error);
        var run = new FakeRun { Seeds = [0, 1] }.Write(Path.Combine(folder, "run"));
        File.Delete(Path.Combine(run, "seed-1", "outcome.json"));
        Assert.Contains("is not finished: seed 1 of 0, 1", Command.Here("report", run).Returns(2).Error);
        Assert.False(File.Exists(Path.Combine(run, "report.html")));
    }

    [Fact]
    public void A_run_whose_data_is_elsewhere_has_a_report_without_a_schedule()
    {
        var run = new FakeRun { Seeds = [0] }.Write(Path.Combine(folder, "run"));
        Assert.Equal(Path.Combine(run, "report.html"), Command.Here("report", run).Returns(0).Output.Trim());
        Assert.Contains("The schedule is not drawn, since the experiment cannot be planned here: ",
            File.ReadAllText(Path.Combine(run, "report.html")));
    }

    [SkippableFact]
    public void Opens_in_a_browser_without_a_word_on_its_console()
    {
        Skip.IfNot(File.Exists(Browser), $"{Browser} is missing: the report is not opened in a browser");
        var (run, report) = (Path.Combine(folder, "run"), Path.Combine(folder, "a.html"));
        // The gate is off and selects all images: after twelve steps the model retrieves few captions.
        Command.Process("run", toy.Experiment, "--set", "arm.rils.target.gate=none", "--out", run).Returns(0);
        Command.Process("report", run, "--out", report).Returns(0);
        Assert.InRange(new FileInfo(report).Length, 60_000, 5_000_000);
        var (page, log) = Open(report);
        Assert.DoesNotContain("CONSOLE", log);
        foreach (var id in (string[])["summary", "comparison",
            "curves", "schedule", "experiment", "machine", "gallery"])
            Assert.Contains($"<section id=\"{id}\"", page);
        var charts = Regex.Count(page, "<figure class=\"chart\"");
        Assert.InRange(charts, 8, 40);
        // The script counts the charts that it has drawn.
        Assert.Equal(charts, Regex.Count(page, "<canvas"));
        Assert.Contains($"data-charts=\"{charts}\"", page);
        Assert.Contains("language.gate", page);
        Assert.Contains("may rest", page);
        // The page shows pictures of the arm that hides patches, and does not say that the run folder lacks any.
        Assert.Contains("<dt>student</dt>", page);
        Assert.DoesNotContain("holds no pictures", page);
        AssertPicturesAreSeen(report);
    }

    /// <summary>Asserts that the browser decodes every picture. The page's policy forbids our script, so the test opens
    /// a copy without the policy.</summary>
    void AssertPicturesAreSeen(string report)
    {
        var copy = Path.Combine(folder, "seen.html");
        const string Script = "<script>addEventListener('load', () => document.documentElement.dataset.widths "
            + "= [...document.images].map(image => image.naturalWidth).join());</script>";
        File.WriteAllText(copy, Regex.Replace(File.ReadAllText(report),
            "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "").Replace("</body>", $"{Script}</body>"));
        var (page, log) = Open(copy);
        Assert.DoesNotContain("CONSOLE", log);
        var widths = Regex.Match(page, "data-widths=\"([0-9,]*)\"").Groups[1].Value.Split(',');
        Assert.Equal(Regex.Count(File.ReadAllText(report), "<img "), widths.Length);
        Assert.InRange(widths.Length, 4, 32);
        Assert.All(widths, width => Assert.Equal("32", width));
    }

    /// <summary>The page after its script has run, and the browser's log.</summary>
    (string Page, string Log) Open(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("timeout",
        [
            "-k", "5", "120", Browser, "--headless", "--no-sandbox", "--disable-gpu",
            $"--user-data-dir={Path.Combine(folder, "profile")}", "--enable-logging=stderr", "--window-size=1200,900",
            "--virtual-time-budget=5000", "--dump-dom", new Uri(file).AbsoluteUri,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (code, page, log) = process.Finished();
        Assert.True(code == 0,
            $"{Browser} ended with {code} (124: the page did not come to rest within two minutes)\n{log}");
        return (page, log);
    }
}
