using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Rils.Engine.WeightFiles;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.WebDataset;

namespace Rils.Tests.Cli;

/// <summary><c>rils run</c> as a process on real JPEGs: its output and the files that it leaves.</summary>
public sealed class RunTests(RunTests.FinishedRun finished) : IClassFixture<RunTests.FinishedRun>
{
    /// <summary>One run that all tests read.</summary>
    public sealed class FinishedRun : IDisposable
    {
        public FinishedRun()
        {
            Folder = Toy["run"];
            Outcome = Command.Process("run", Toy.Experiment, "--out", Folder).Returns(0);
        }

        public Toy Toy { get; } = new();

        public string Folder { get; }

        internal Outcome Outcome { get; }

        public string this[params string[] parts] => Path.Combine([Folder, .. parts]);

        public void Dispose() => Toy.Dispose();
    }

    [Fact]
    public void Says_what_it_does_and_ends_with_the_results_of_each_arm()
    {
        var lines = finished.Outcome.Output.Split('\n');
        Assert.Matches("^toy: arms rils, clip, one seed, 12 steps of 16 samples, on cpu in (bf16|fp32)$", lines[0]);
        Assert.StartsWith("  rils  masking random, decoder mae, target language | backbone vit", lines[1]);
        Assert.StartsWith(
            "power: rils concludes nothing over seeds from one seed; that takes 3, which find ", lines[3]);
        foreach (var step in (string[])["0", "12"])
            Assert.Equal(["rils", "clip"], lines.Where(line => line.StartsWith($"step {step}/12  ")
                && line.Contains("  retrieval  ")).Select(line => line.Split("  ")[1]));
        Assert.Single(lines, line => line.Contains("chance"));
        Assert.Single(lines, line => line.StartsWith("retrieval: chance "));
        Assert.Contains(lines, line => line.StartsWith("step 12/12  rils  loss ")
            && line.Contains("  language ") && line.Contains(" samples/s"));
        Assert.Contains(lines, line => line.StartsWith("step 12/12  clip  loss ") && !line.Contains("language"));
        Assert.Contains(lines, line => line.StartsWith("retrieval image_to_text_r1 "));
        Assert.Contains(lines, line => line.StartsWith("retrieval ") && line.Split('→').Length is 2 or 3);
        Assert.Contains(lines, line => line.EndsWith($"everything is in {finished.Folder}"));
        Assert.Equal("", finished.Outcome.Error);
        Assert.DoesNotContain('\x1b', finished.Outcome.Output);
    }

    [Fact]
    public void Its_end_compares_the_arms_and_so_does_compare()
    {
        Assert.Contains("\nOne seed (0) cannot show that an arm is better: that takes 3 seeds or more.\n"
            + "differences are to arm clip; for another, "
            + $"and other formats: rils compare {finished.Folder}\n", finished.Outcome.Output);
        const string Samples = "These models, other samples: ";
        var compared = Command.Here("compare", finished.Folder).Returns(0).Output;
        Assert.Contains(Samples, compared);
        string[] rows = [.. compared[compared.IndexOf(Samples, StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("image_to_text_") || line.StartsWith("text_to_image_"))];
        Assert.NotEmpty(rows);
        Assert.All(rows, line => Assert.Contains(line, finished.Outcome.Output));
    }

    [Fact]
    public void The_run_folder_says_what_was_run_by_what_and_what_came_out()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(finished["manifest.json"]));
        Assert.Equal("cpu", manifest.RootElement.GetProperty("device").GetString());
        var vit = manifest.RootElement.GetProperty("plugins")
            .EnumerateArray().Single(plugin => plugin.GetProperty("name").GetString() == "Rils.Vit");
        Assert.Equal(64, vit.GetProperty("sha256").GetString()!.Length);
        using var results = JsonDocument.Parse(File.ReadAllText(finished["seed-0/outcome.json"]));
        foreach (var arm in results.RootElement.GetProperty("arms").EnumerateArray())
            Assert.Equal([0, 12],
                arm.GetProperty("heads").EnumerateArray().Select(head => head.GetProperty("step").GetInt64()));
        var rows = File.ReadLines(finished["seed-0", "metrics.jsonl"])
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(24, rows.Length);
        Assert.All(rows, row => Assert.True(double.IsFinite(row.GetProperty("loss").GetDouble())));
        foreach (var arm in (string[])["rils", "clip"])
            Assert.True(new FileInfo(Directory.GetFiles(finished["seed-0", "tensorboard", arm], "events.*")
                .Single()).Length > 100);
    }

    [Fact]
    public void The_weights_have_the_authors_names()
    {
        var golden = SafeTensors.Read(Path.Combine(Repository.Root,
            "tests", "golden", "rils-tiny", "weights.safetensors"));
        Assert.Equal(golden.Keys.Order(StringComparer.Ordinal), Names("rils"));
        Assert.Equal(golden.Keys.Where(name => !name.Contains("decoder") && !name.Contains("mask_token"))
            .Order(StringComparer.Ordinal), Names("clip"));

        string[] Names(string arm) =>
            [.. SafeTensors.Read(finished["seed-0", arm, "model.safetensors"]).Keys.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void The_resolved_experiment_gives_the_same_bytes_again()
    {
        var again = finished.Toy["again"];
        Command.Process("run", finished["experiment.toml"], "--out", again).Returns(0);
        foreach (var file in (string[])["experiment.toml", "seed-0/outcome.json",
            "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(finished[file]), File.ReadAllBytes(Path.Combine(again, file)));
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_left_alone()
    {
        var outcome = Command.Process("run", finished.Toy.Experiment, "--out", finished.Folder).Returns(2);
        Assert.Equal($"error: --out: {finished.Folder} holds something already: "
            + "go on with it by --resume, name another folder with --out, or remove it\n", outcome.Error);
        Assert.True(File.Exists(finished["seed-0/outcome.json"]));
    }

    [Fact]
    public void A_bad_sample_is_named_by_the_summary_also_when_the_run_was_finished_before()
    {
        using var toy = new Toy();
        Shard.Write(toy["toy-1.tar"], TarEntryFormat.Ustar,
            [("bad.jpg", Encoding.UTF8.GetBytes("<html>")), ("bad.txt", Encoding.UTF8.GetBytes("a boat"))]);
        const string Line = "1 bad sample was replaced, or left out of evaluations; see seed-0/bad-samples.jsonl\n";
        Assert.Contains(Line, Command.Process(
            "run", toy.Experiment, "--out", toy["run"], "--set", "data.batch=65", "--set", "compute.parts=5")
            .Returns(0).Output);
        Assert.Contains(Line, Command.Here("run", "--resume", toy["run"]).Returns(0).Output);
        Assert.DoesNotContain("bad sample", finished.Outcome.Output);
    }

    [Fact]
    public void An_arm_that_fails_stops_alone_and_the_run_has_failed()
    {
        var folder = finished.Toy["diverged"];
        var outcome = Command.Process("run", finished.Toy.Experiment,
            "--out", folder, "--set", "arm.clip.schedule.learning_rate=1e30",
            "--set", "arm.clip.schedule.start_learning_rate=1e30").Returns(1);
        Assert.StartsWith("error: arm clip (seed 0) stopped early: "
            + "metrics of arm clip failed at step 9: contrastive was NaN", outcome.Error);
        Assert.Contains($"\nIts stack trace is in {Path.Combine(folder, "seed-0", "clip", "error.log")}.\n",
            outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.Contains("   at ", File.ReadAllText(Path.Combine(folder, "seed-0", "clip", "error.log")));
        Assert.Equal(
            File.ReadAllBytes(finished["seed-0", "rils", "model.safetensors"]),
            File.ReadAllBytes(Path.Combine(folder, "seed-0", "rils", "model.safetensors")));
        var again = Command.Here("run", "--resume", folder).Returns(1);
        Assert.Contains("nothing was run: this run has ended, with a failure in clip (seed 0), and a resumed run "
            + "tries no ended arm again. Mend the cause that is told below, and begin anew in another folder (--out)",
            again.Output);
        Assert.StartsWith("error: arm clip (seed 0) stopped early: ", again.Error);
    }
}
