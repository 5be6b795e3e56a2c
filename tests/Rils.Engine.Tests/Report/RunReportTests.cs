using System.Text.RegularExpressions;
using Rils.Analysis.Findings;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Gallery;
using Rils.Runs;
using Rils.Scheduling;

namespace Rils.Tests.Analysis.Report;

/// <summary>The content of reports on made-up runs.</summary>
public sealed partial class RunReportTests : IDisposable
{
    /// <summary>Text that ends an element, an attribute and a comment, and whose script would run if
    /// unescaped.</summary>
    const string Hostile = "</script><img src=x onerror=alert(1)>\"'--><script>alert(2)</script>&amp;";

    static readonly string[] Sections = ["summary", "comparison", "curves", "schedule",
        "experiment", "machine", "gallery"];
    static readonly Schedule NoSchedule = new(null, ["not planned"]);
    readonly string folder = Directory.CreateTempSubdirectory("rils-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Has_every_section_and_chart()
    {
        var html = Of(new FakeRun());
        Assert.All(Sections, id => Assert.Single(Regex.Matches(html, $"<section id=\"{id}\"")));
        Assert.All(Sections, id => Assert.Contains($"<a href=\"#{id}\">", html));
        // The charts: two losses, then two metrics of the head.
        Assert.Equal(["loss", "language", "zero-shot top1", "zero-shot mean_per_class"],
            Chart().Matches(html).Select(chart => chart.Groups[1].Value));
        Assert.Contains("name=\"viewport\"", html);
        Assert.Contains("@media print", html);
        Assert.Matches(
            @"<th scope=""row"">zero-shot top1</th><td>0\.1</td><td>0\.\d+ → <strong>0\.\d+</strong> &#177; "
            + @"0\.\d+</td>", html);
        Assert.Contains("zero-shot: chance 0.1; samples 40", html);
        Assert.Contains("better", html);
        Assert.Contains("<code>masking.ratio</code>", html);
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", html);
    }

    [Fact]
    public void Names_no_address_that_could_be_fetched()
    {
        var html = Of(new FakeRun());
        Assert.DoesNotMatch(Reference(), html);
        Assert.Contains("default-src &#39;none&#39;", html);
        // The only address is in the first line of the chart library.
        Assert.Equal(["https://github.com/leeoniya/uPlot"],
            Address().Matches(html).Select(found => found.Value).Distinct());
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        var run = Write(new FakeRun());
        Assert.Equal(Report(run), Report(run));
    }

    [Fact]
    public void Whatever_a_run_says_is_escaped()
    {
        var run = FinishedRun.Read(Write(new FakeRun { Failing = ["rils"] }));
        var tables = new TableNode(run.Experiment.Root.Span);
        tables.Set("kind", tables.Span, new ScalarNode(tables.Span, Hostile));
        var manifest = run.Manifest with { Device = Hostile, Machine =
            new Dictionary<string, string> { [Hostile] = Hostile }, Plugins = [new(Hostile, Hostile, Hostile, "")] };
        var outcomes = run.Outcomes.Select(outcome => outcome with
        {
            Arm = outcome.Arm == "rils" ? Hostile : outcome.Arm, Failure = outcome.Failure is null ? null : Hostile,
            Heads = [.. outcome.Heads.Select(head => head with { Head = Hostile,
                Metrics = new Dictionary<string, HeadMetric>(head.Metrics) { [Hostile] = new(1) } })],
        });
        var hostile = run with
        {
            Manifest = manifest, Outcomes = [.. outcomes],
            Experiment = run.Experiment
                with { Arms = [new(Hostile, tables.Span, tables), .. run.Experiment.Arms.Skip(1)] },
        };
        var source = ReportSource.Read(hostile, new(null, [Hostile]));
        Assert.NotNull(source.Comparison);
        var comparison = source.Comparison with { Baseline = Hostile, Notes = [Hostile], Metrics =
            [.. source.Comparison.Metrics.Select(metric => metric with { Head = Hostile, Metric = Hostile })] };
        var html = ReportPage.Write(source with
        {
            Comparison = comparison, Runs = [source.Runs[0] with { Name = Hostile, Experiment = Hostile }],
        });
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("\"'-->", html);
        Assert.Equal(Count(Of(new FakeRun()), "<script"), Count(html, "<script"));
        Assert.Contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;--&gt;", html);
        Assert.True(Count(html, "&lt;img src=x") > 20);
    }

    [Fact]
    public void An_arm_that_failed_is_told_and_shown_as_far_as_it_came()
    {
        var html = Of(new FakeRun { Failing = ["rils"], Seeds = [0, 1] });
        Assert.Contains("<strong>Arm rils stopped early</strong> (seed 0): it burst", html);
        Assert.Contains("early for 1 of 2 seeds", html);
        Assert.Contains("arm rils stopped early for seed 0, so it is left out: it burst", html);
        Assert.Contains("the arms are not compared: nothing can be compared",
            Of(new FakeRun { Failing = ["rils", "clip"], Seeds = [0] }));
    }

    [Fact]
    public void Several_seeds_have_bands_and_one_has_none()
    {
        const string Bands = "\"low\":", Says = "bands reach from the smallest to the largest";
        var (one, six) = (Of(new FakeRun { Seeds = [7] }), Of(new FakeRun()));
        Assert.Equal((0, 0), (Count(one, Bands), Count(one, Says)));
        // Two arms have four charts each, but one number exists in one arm only.
        Assert.Equal((7, 1), (Count(six, Bands), Count(six, Says)));
        Assert.Contains("One seed (7) cannot show that an arm is better: that takes 3 seeds or more.", one);
        Assert.DoesNotContain("cannot show", six);
        Assert.Contains("Other seeds and other samples: would", six);
        // Seed s has the loss 10 s + t at step t, so the mean is 25 + t, between t and 50 + t.
        Assert.Contains(
            "\"mean\":[25,26,27,28,29,30,31,32],\"low\":[0,1,2,3,4,5,6,7],\"high\":[50,51,52,53,54,55,56,57]", six);
    }

    [Fact]
    public void The_schedule_has_lanes_stages_and_what_was_left_out()
    {
        SystemDefinition[] systems =
        [
            new(Stage.Load, "<read>", (out Frame frame) => { frame = new(); }, new(), "test"),
            new(Stage.Forward, "use", (in Frame _, in Part _, out Result made) => { made = new(); }, new(), "test"),
            new(Stage.Observe, "look", (in Result _) => { }, new(), "test"),
        ];
        var world = new World();
        world.AddArm("rils").Set(new Part());
        world.AddArm("clip");
        var html = RunReport.Of(FinishedRun.Read(Write(new FakeRun())), new(Plan.Of(systems, world), []));
        Assert.Contains("host lane", html);
        Assert.Contains("<strong>&lt;read&gt;</strong>", html);
        Assert.Contains(
            "<li class=\"system own\"><strong>use</strong><small>Frame, Part → Result</small></li>", html);
        Assert.Contains("<li>use<small>needs Part</small></li>", html);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        var run = Write(new FakeRun { Seeds = [0] });
        File.Delete(Path.Combine(run, "seed-0", "metrics.jsonl"));
        File.Delete(Path.Combine(run, "seed-0", "rils", ArmSamples.Name));
        var html = Report(run);
        Assert.Contains("the arms are not compared: ", html);
        Assert.Equal(2, Chart().Count(html));
        File.AppendAllText(Path.Combine(run, "seed-0", "metrics.jsonl"),
            "{\"arm\":\"rils\",\"step\":0,\"loss\":1}\n{\"arm\":");
        Assert.Contains("line 2 is damaged", Assert.Throws<InvalidDataException>(() => Report(run)).Message);
    }

    [Fact]
    public void A_run_without_pictures_says_how_to_get_them()
    {
        var run = Write(new FakeRun { Seeds = [0] });
        Assert.Contains("The run folder holds no pictures. They are made in the last training step of arms that hide "
            + "patches or compare views; an older version made none. "
            + $"To have them, run the experiment again: rils run {Path.Combine(run, "experiment.toml")}", Report(run));
    }

    [Fact]
    public void Pictures_are_in_the_page_with_captions_and_legends_the_first_seed_open()
    {
        var run = Write(new FakeRun { Seeds = [0, 1], Failing = ["clip"] });
        foreach (var seed in (long[])[0, 1]) WriteGallery(run, seed, "rils", [[1, 2, 3]], "<b>caption</b>", rows: 2);
        var html = Report(run);
        Assert.Equal(4, Count(html, "<img src=\"data:image/png;base64,iVBORw0KGgo"));
        Assert.Contains("width=\"8\" height=\"8\" alt=\"original of &lt;b&gt;caption&lt;/b&gt;\"", html);
        Assert.Contains("<dt>original</dt><dd>&lt;i&gt;about&lt;/i&gt;</dd>", html);
        Assert.Contains("fill=\"#0a0b0c\"", html);
        Assert.Contains("<span>&lt;u&gt;legend&lt;/u&gt;</span>", html);
        Assert.Contains("<details open><summary>Seed 0</summary>", html);
        Assert.Contains("<details><summary>Seed 1</summary>", html);
        Assert.Contains("the arm stopped before its last step", html);
        Assert.Contains("the arm hides no patches", html);
        File.Delete(Path.Combine(run, "seed-1", "rils", "gallery", "original-0.png"));
        Assert.Equal(1, Count(Report(run), "missing or damaged"));
    }

    [Fact]
    public void An_arm_that_selected_no_image_says_so()
    {
        var run = Write(new FakeRun { Seeds = [0] });
        WriteGallery(run, 0, "rils", [], "", rows: 0);
        Assert.Contains("No image of step 7 was selected", Report(run));
    }

    [Fact]
    public void What_went_wrong_with_pictures_is_told()
    {
        var run = Write(new FakeRun { Seeds = [0] });
        new GalleryLog().Write(Path.Combine(run, "seed-0", "rils"),
            new SystemFailedException("draw", "rils", 7, new InvalidOperationException("no <ink>")));
        Assert.Contains("Pictures are missing: draw of arm rils failed at step 7: no &lt;ink&gt;", Report(run));
    }

    [Fact]
    public void However_many_pictures_there_are_the_page_stays_below_5_MB()
    {
        var run = Write(new FakeRun { Seeds = [0, 1] });
        var noise = new byte[3 * 400 * 400]; // noise cannot be compressed: 480 kB for each picture
        new Random(1).NextBytes(noise);
        foreach (var seed in (long[])[0, 1]) WriteGallery(run, seed, "rils", [noise], "caption", rows: 8, side: 400);
        var html = Report(run);
        Assert.InRange(html.Length, 3_500_000, 5_000_000);
        Assert.Equal(6, Count(html, "<img"));
        Assert.Contains("2 more of its images are in ", html);
        Assert.Contains("8 more of its images are in ", html);
    }

    /// <summary>Writes a gallery with one picture for each image: noise, or one colour.</summary>
    static void WriteGallery(string run, long seed, string arm, byte[][] colours,
        string caption, int rows, int side = 8)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var log = new GalleryLog();
        var rgb = TorchSharp.torch.zeros([rows, 3, side, side], TorchSharp.torch.ScalarType.Byte);
        if (rows > 0 && colours[0].Length > 3) rgb.copy_(TorchSharp.torch.tensor(colours[0], [1, 3, side, side]));
        log.Keep(FakeRun.Steps - 1, [.. Enumerable.Range(0, rows).Select(row => (long)row)],
            [.. Enumerable.Repeat(caption, rows)],
            [new("original", "<i>about</i>", rgb) { Legends = [.. Enumerable.Repeat((Rils.Contract.LegendEntry[])[
                new("<u>legend</u>", System.Drawing.Color.FromArgb(10, 11, 12))], rows)] }]);
        log.Write(Path.Combine(run, $"seed-{seed}", arm));
    }

    string Of(FakeRun run) => Report(Write(run));

    static string Report(string run) => RunReport.Of(FinishedRun.Read(run), NoSchedule);

    string Write(FakeRun run)
    {
        var path = run.Write(Path.Combine(folder, $"run-{Directory.GetDirectories(folder).Length}"));
        foreach (var seed in run.Seeds)
            File.WriteAllLines(Path.Combine(path, $"seed-{seed}", "metrics.jsonl"),
                Enumerable.Range(0, FakeRun.Steps).SelectMany(step => (string[])
                [$$"""{"arm":"clip","step":{{step}},"loss":{{10 * seed + step}}}""",
                    $$"""{"arm":"rils","step":{{step}},"language":1.5,"loss":{{10 * seed + step}}}"""]));
        return path;
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("""(src|href|action|data|poster)\s*=\s*["']?\s*(https?:)?//|url\(\s*["']?(https?:)?//"""
        + """|@import|\bimport\s*\(|\bfetch\s*\(|XMLHttpRequest|sendBeacon|WebSocket""")]
    private static partial Regex Reference();

    [GeneratedRegex("""https?://[^\s"'<)]*""")]
    private static partial Regex Address();

    [GeneratedRegex("<figure class=\"chart\" data-chart=\"\\d+\"><figcaption>(.*?)</figcaption>")]
    private static partial Regex Chart();

    readonly record struct Frame : IShared;

    readonly record struct Result;

    sealed record Part;
}
