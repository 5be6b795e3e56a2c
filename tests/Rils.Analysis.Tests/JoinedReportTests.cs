using System.Text.Json;
using Rils.Analysis;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Files;
using Rils.Runs;
using Rils.Runs.Gallery;
using Rils.Runs.Sweeps;

namespace Rils.Tests.Analysis;

/// <summary>The report of several folders, and of a sweep.</summary>
public sealed class JoinedReportTests : IDisposable
{
    static readonly Schedule NoSchedule = new(null, ["not planned"]);

    readonly string folder = Directory.CreateTempSubdirectory("rils-joined-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string this[string name] => Path.Combine(folder, name);

    [Fact]
    public void Two_folders_are_one_page()
    {
        var first = Write(new() { Engine = new() { ["Rils.Engine.dll"] = "aaaa" } }, "first");
        var second = Write(new()
        {
            Arms = [("rils", 0.8), ("clip", 0.4)], Engine = new() { ["Rils.Engine.dll"] = "bbbb" },
        }, "second");
        var html = Of(first, second);
        Assert.Contains("<title>fake: report of 2 runs</title>", html);
        var found = Comparer.Compare([first, second], new()).Metrics[0].Arms.Single(arm => arm.Arm == "rils@second");
        Assert.Contains($"rils@second</span></td><td>{Figures.Metric(found.Mean)} &#177; ", html);
        Assert.Contains("come from different builds: Rils.Engine.dll", html);
        using var curves = Curves(html);
        Assert.Equal(["rils@first", "clip", "rils@second"], Names(curves));
        // Each run's loss is 100 apart from the other's, and the arm that both have is drawn once.
        Assert.Equal([0.5, 0.5, 100.5], curves.RootElement.GetProperty("charts")[0].GetProperty("curves")
            .EnumerateArray().Select(curve => curve.GetProperty("mean")[0].GetDouble()));
        foreach (var (name, hash) in ((string, string)[])[("first", "aaaa"), ("second", "bbbb")])
        {
            Assert.Contains($"<summary>The resolved experiment of {name}</summary>", html);
            Assert.Contains($"<tr><th scope=\"row\">{name}</th>", Section(html, "summary"));
            var machine = Section(html, "machine").Split("<details").Single(part => part.Contains(hash));
            Assert.Contains($"<summary>{name}</summary>", machine);
            var schedule = Section(html, "schedule").Split("<details").Single(part => part.Contains(name));
            Assert.Contains("not planned", schedule);
        }
        Assert.Equal(html, Of(first, second));
    }

    [Fact]
    public void A_sweep_of_one_run_has_a_grid_and_the_effects_of_its_keys()
    {
        (string Ratio, string Target)[] points =
            [("0.5", "pixel"), ("0.5", "language"), ("0.9", "pixel"), ("0.9", "language")];
        var run = Write(new()
        {
            Arms = [.. points.Select((point, i) => ($"rils-{i}", 0.4 + 0.1 * i))],
            Swept = [.. points.Select((point, i) => new SweepArm($"rils-{i}", "rils", new Dictionary<string, string>
            {
                ["masking.ratio"] = point.Ratio, ["target.kind"] = $"\"{point.Target}\"",
            }))],
        }, "swept");
        var comparison = Section(RunReport.Of(FinishedRun.Read(run), NoSchedule), "comparison");
        Assert.Contains("zero-shot top1 by ratio (down) and target (across): mean", comparison);
        var found = Comparer.Compare([run], new()).Metrics[0].Arms.Single(arm => arm.Arm == "rils-2");
        Assert.Contains($"<tr><th scope=\"row\">0.9</th><td>{Figures.Metric(found.Mean)} ", comparison);
        Assert.Contains("<tr><th scope=\"row\">ratio x target</th><td>0.5, pixel</td>", comparison);
    }

    [Fact]
    public void A_run_whose_arms_another_has_too_keeps_its_facts()
    {
        var (first, twin) = (Write(new(), "first"), Write(new() { Arms = [("clip", 0.4)] }, "twin"));
        var html = Of(first, twin);
        Assert.Equal(["rils", "clip"], Names(Curves(html)));
        Assert.Contains("<summary>The resolved experiment of twin</summary>", html);
        Assert.Contains("<summary>first, twin</summary>", Section(html, "machine"));
    }

    [Fact]
    public void A_sweep_stands_for_all_its_runs()
    {
        var sweep = Sweep("sweep", 8, 16);
        var other = Write(new() { Arms = [("mae", 0.5)] }, "other");
        WriteGallery(Path.Combine(sweep, "batch-16"), "rils", "of sixteen", rows: 1, 100);
        List<string> planned = [];
        var html = RunReport.OfJoined([sweep, other], run =>
        {
            planned.Add(run.Folder);
            return NoSchedule;
        });
        Assert.Equal([Path.Combine(sweep, "batch-8"), other], planned);
        Assert.Equal(["rils@batch-8", "clip@batch-8", "rils@batch-16", "clip@batch-16", "mae"], Names(Curves(html)));
        Assert.Contains("The schedule is that of the first run, batch-8.", html);
        Assert.Contains("<summary>The resolved experiment of sweep/batch-16</summary>", html);
        Assert.Contains("alt=\"original of of sixteen\"", html);
        var alone = Of(sweep);
        Assert.Contains("<title>fake: report of 2 runs</title>", alone);
        Assert.Contains("alt=\"original of of sixteen\"", alone);
        Assert.Equal(["rils@batch-8", "clip@batch-8", "rils@batch-16", "clip@batch-16"], Names(Curves(alone)));
    }

    [Fact]
    public void Runs_of_one_name_in_two_sweeps_go_by_their_sweeps()
    {
        var html = Of(Sweep("one", 8, 16), Sweep("two", 8, 32));
        foreach (var name in (string[])["one/batch-8", "one/batch-16", "two/batch-8", "two/batch-32"])
            Assert.Contains($"<summary>The resolved experiment of {name}</summary>", html);
    }

    [Fact]
    public void Folders_that_do_not_join_are_refused_as_a_comparison_refuses_them()
    {
        var first = Write(new(), "first");
        foreach (var (name, run) in ((string, FakeRun)[])
            [("precise", new() { Precision = "fp32" }), ("seeds", new() { Seeds = [0, 1] }),
                ("samples", new() { KeyPrefix = "image-", Arms = [("new", 0.5)] })])
        {
            var other = Write(run, name);
            string Refusal(Func<object> made) => Assert.Throws<InvalidDataException>(made).Message;
            Assert.Equal(Refusal(() => Comparer.Compare([first, other], new())), Refusal(() => Of(first, other)));
        }
    }

    [Fact]
    public void Runs_without_heads_have_a_page_without_a_comparison()
    {
        string[] runs = [Write(new(), "first"), Write(new() { Arms = [("mae", 0.5)] }, "second")];
        foreach (var seed in runs.SelectMany(run => Directory.GetDirectories(run, "seed-*")))
        {
            var outcome = PhaseOutcome.TryRead(seed)!;
            (outcome with { Arms = [.. outcome.Arms.Select(arm => arm with { Heads = [] })] }).Write(seed);
        }
        Assert.Contains("no experiment has a [[head]]: there is nothing to compare", Of(runs));
    }

    [Fact]
    public void The_curves_of_many_arms_have_fewer_points()
    {
        const int Steps = 1200;
        (string, double)[] Arms(string name) => [.. Enumerable.Range(0, 18).Select(i => ($"{name}-{i}", 0.5))];
        var (first, second) = (Write(new() { Seeds = [0], Arms = Arms("a") }, "first", Steps),
            Write(new() { Seeds = [0], Arms = Arms("b") }, "second", Steps));
        var html = Of(first, second);
        Assert.InRange(html.Length, 0, 500_000);
        using var curves = Curves(html);
        var loss = curves.RootElement.GetProperty("charts")[0];
        Assert.Equal(36, loss.GetProperty("curves").GetArrayLength());
        // A third of 600 points for three times twelve arms: a point is the mean of six or seven steps.
        Assert.InRange(loss.GetProperty("steps").GetArrayLength(), 150, 200);
    }

    [Fact]
    public void Each_arm_has_its_share_of_the_pictures_room()
    {
        string[] runs = [.. ((string[])["a", "b", "c"]).Select(name =>
            Write(new() { Seeds = [0], Arms = [(name, 0.5)] }, name))];
        foreach (var run in runs) WriteGallery(run, Path.GetFileName(run), $"shot {Path.GetFileName(run)}", 8, 400_000);
        var html = Of(runs);
        // A third of the room takes two pictures; what the others leave takes one more of the last arm.
        Assert.Equal([2, 2, 3], ((string[])["a", "b", "c"]).Select(name =>
            html.Split($"alt=\"original of shot {name}\"").Length - 1));
        Assert.InRange(html.Length, 3_000_000, 5_000_000);
    }

    static string Of(params string[] folders) => RunReport.OfJoined(folders, _ => NoSchedule);

    /// <summary>Writes a run whose loss in its first step is the mean of its seeds, 100 more for the second
    /// folder.</summary>
    string Write(FakeRun run, string name, int steps = 2)
    {
        var path = run.Write(this[name]);
        foreach (var seed in run.Seeds)
            File.WriteAllLines(Path.Combine(path, $"seed-{seed}", "metrics.jsonl"),
                from step in Enumerable.Range(0, steps)
                from arm in run.Arms
                let loss = (name == "second" ? 100 : 0) + step + (seed % 2)
                select $$"""{"arm":"{{arm.Arm}}","step":{{step}},"loss":{{loss}}}""");
        return path;
    }

    string Sweep(string name, params int[] batches)
    {
        SweepRecord.Run[] runs = [.. batches.Select(batch => new SweepRecord.Run($"batch-{batch}", $"batch-{batch}",
            $"batch={batch}", new Dictionary<string, string> { ["data.batch"] = $"{batch}" }, []))];
        foreach (var batch in batches)
            Write(new() { Data = $"batch = {batch}", Arms = [("rils", batch / 40.0), ("clip", 0.4)] },
                $"{name}/batch-{batch}");
        File.WriteAllText(Path.Combine(this[name], SweepFolder.File),
            RunJson.Write(new SweepRecord(1, "fake", batches.Length, ["data.batch"], runs)));
        return this[name];
    }

    /// <summary>Writes a gallery of the first seed; its pictures have a header of PNG, and zeros behind it.</summary>
    static void WriteGallery(string run, string arm, string caption, int rows, int size)
    {
        var gallery = Directory.CreateDirectory(Path.Combine(run, "seed-0", arm, ArmGallery.Folder)).FullName;
        byte[] header = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. new byte[8], 0, 0, 0, 8, 0, 0, 0, 8];
        byte[] picture = [.. header, .. new byte[size]];
        foreach (var row in Enumerable.Range(0, rows)) File.WriteAllBytes(Path.Combine(gallery, $"{row}.png"), picture);
        File.WriteAllText(Path.Combine(gallery, ArmGallery.Name), RunJson.Write(new ArmGallery(ArmGallery.Current, 7,
            [new("original", "the image")],
            [.. Enumerable.Range(0, rows).Select(row => new GalleryRow(row, caption, [$"{row}.png"], []))], [])));
    }

    static string Section(string html, string id) => html.Split($"<section id=\"{id}\"")[1].Split("</section>")[0];

    static JsonDocument Curves(string html) =>
        JsonDocument.Parse(html.Split("id=\"curves-data\">")[1].Split("</script>")[0]);

    static IEnumerable<string?> Names(JsonDocument curves) =>
        curves.RootElement.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("name").GetString());
}
