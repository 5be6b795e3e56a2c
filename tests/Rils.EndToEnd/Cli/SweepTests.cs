using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Cli;

/// <summary><c>rils run</c>, <c>compare</c> and <c>report</c> on a file with <c>[sweep]</c>, down to the bytes of the
/// weights.</summary>
public sealed class SweepTests(SweepTests.FinishedSweep finished) : IClassFixture<SweepTests.FinishedSweep>
{
    const string Ratios = "sweep.masking.ratio=[0.5,0.75]",
        Batches = "sweep.data.batch=[8,16]", Saved = "checkpoint.every=5";

    /// <summary>A sweep of two runs that all tests read.</summary>
    public sealed class FinishedSweep : IDisposable
    {
        public FinishedSweep() => Outcome = Run(Folder);

        public Toy Toy { get; } = new();

        public string Folder => Toy["sweep"];

        internal Outcome Outcome { get; }

        internal Outcome Run(string folder, params string[] more) =>
            Command.Here(["run", Toy.Experiment, "--out", folder, "--set", Ratios, "--set", Batches, "--set", Saved,
                .. more]).Returns(0);

        /// <summary>The folder of the run with a label; in its name a dash and eight characters follow the
        /// label.</summary>
        public static string RunOf(string folder, string label) =>
            Directory.GetDirectories(folder, $"{label}-????????").Single();

        public void Dispose() => Toy.Dispose();
    }

    static byte[] Weights(string run, string arm, int seed = 0) =>
        SavedTensors.Of(Path.Combine(run, $"seed-{seed}", arm, "model.safetensors"));

    static string RunOf(string folder, string label) => FinishedSweep.RunOf(folder, label);

    [Fact]
    public void Tells_each_run_and_writes_a_folder_for_each()
    {
        var lines = finished.Outcome.Output.Split('\n');
        Assert.Contains("run 1 of 2: batch=8", lines);
        Assert.Contains("run 2 of 2: batch=16", lines);
        Assert.Contains(lines, line =>
            line.StartsWith("toy: arms rils-ratio-0.5, rils-ratio-0.75, clip, one seed, 12 steps of 8 samples"));
        Assert.Contains($"the sweep is done; everything is in {finished.Folder}; "
            + $"all arms side by side: rils compare {finished.Folder}", lines);
        Assert.Equal(["batch-16", "batch-8"], Directory.GetDirectories(finished.Folder)
            .Select(run => Path.GetFileName(run)[..^9]).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetDirectories(finished.Folder), run => Assert.Equal(File.ReadAllText($"{run}.toml"),
            File.ReadAllText(Path.Combine(run, "experiment.toml"))));
    }

    [Theory]
    [InlineData("batch-8", "rils-ratio-0.5", "rils", "data.batch=8", "arm.rils.masking.ratio=0.5")]
    [InlineData("batch-16", "rils-ratio-0.75", "rils", "data.batch=16", "arm.rils.masking.ratio=0.75")]
    [InlineData("batch-8", "clip", "clip", "data.batch=8", "arm.rils=none")]
    public void An_arm_gets_the_bytes_that_it_gets_alone(string label, string arm, string own, string batch, string set)
    {
        var alone = finished.Toy[$"alone-{label}-{arm}"];
        Command.Here("run", finished.Toy.Experiment, "--out", alone, "--set", batch, "--set", set,
            "--set", own == "rils" ? "arm.clip=none" : "seeds=[0]").Returns(0);
        Assert.Equal(Weights(alone, own), Weights(RunOf(finished.Folder, label), arm));
    }

    [Fact]
    public void A_sweep_of_arms_alone_is_an_ordinary_run()
    {
        var folder = finished.Toy["one"];
        var outcome = Command.Here("run", finished.Toy.Experiment,
            "--out", folder, "--set", Ratios, "--set", "data.batch=8").Returns(0);
        Assert.StartsWith("toy: arms rils-ratio-0.5, rils-ratio-0.75, clip,", outcome.Output);
        Assert.False(File.Exists(Path.Combine(folder, "sweep.json")));
        foreach (var arm in (string[])["rils-ratio-0.5", "rils-ratio-0.75", "clip"])
            Assert.Equal(Weights(RunOf(finished.Folder, "batch-8"), arm), Weights(folder, arm));
    }

    /// <summary>A sweep of one run or of several keeps its factors: compare shows them as columns, and the end of the
    /// sweep answers by a grid.</summary>
    [Fact]
    public void The_factors_are_kept_in_the_manifests()
    {
        var one = finished.Toy["factors"];
        Command.Here("run", finished.Toy.Experiment, "--out", one, "--set", Ratios, "--set", "data.batch=8").Returns(0);
        static string[] Rows(string folder) =>
            Command.Here("compare", folder, "--format", "csv").Returns(0).Output.Split('\n');
        Assert.Contains(",arm,file_arm,masking.ratio,seed,value,", Rows(one)[0]);
        Assert.Contains(Rows(one), row => row.Contains(",rils-ratio-0.75,rils,0.75,0,"));
        Assert.Contains(",arm,file_arm,masking.ratio,data.batch,seed,value,", Rows(finished.Folder)[0]);
        Assert.Contains(Rows(finished.Folder), row => row.Contains(",rils-ratio-0.75@batch-16,rils,0.75,16,0,"));
        Assert.Contains(Rows(finished.Folder), row => row.Contains(",clip@batch-16,clip,,16,0,"));
        Assert.Contains("retrieval image_to_text_r1 by ratio (down) and batch (across): mean of seed 0.\n",
            finished.Outcome.Output);
        // Going on leaves the factors as they are, also where no file says them.
        Command.Here("run", "--resume", one, "--set", "seeds=[0,1]").Returns(0);
        Assert.Contains(",arm,file_arm,masking.ratio,seed,value,", Rows(one)[0]);
    }

    [Fact]
    public void What_is_finished_is_passed_over_what_was_begun_goes_on_and_what_is_missing_is_run()
    {
        var folder = Copy("half");
        var (first, second) = (RunOf(folder, "batch-8"), RunOf(folder, "batch-16"));
        foreach (var file in (string[])["outcome.json", "rils-ratio-0.5/model.safetensors", "clip/samples.json"])
            File.Delete(Path.Combine(first, "seed-0", file));
        Directory.Delete(second, recursive: true);
        Assert.Contains("is not finished: 2 of its 2 runs are left", Command.Here("compare", folder).Returns(2).Error);
        var goneOn = Command.Here("run", "--resume", folder).Returns(0).Output;
        Assert.Contains("step 10/12  going on from the checkpoint of this step", goneOn);
        Assert.Equal(1, goneOn.Split("going on from").Length - 1);
        foreach (var (label, arm) in from label in (string[])["batch-8", "batch-16"]
            from arm in (string[])["rils-ratio-0.5", "rils-ratio-0.75", "clip"] select (label, arm))
            Assert.Equal(Weights(RunOf(finished.Folder, label), arm), Weights(RunOf(folder, label), arm));
        var again = finished.Run(folder).Output;
        Assert.Equal(["run 1 of 2: batch=8: finished before", "run 2 of 2: batch=16: finished before"],
            again.Split('\n')[..2]);
    }

    [Fact]
    public void A_changed_file_gets_folders_of_its_own_and_a_value_more_runs_alone()
    {
        var folder = Copy("changed");
        var before = Directory.GetDirectories(folder).ToDictionary(run => run, run => Weights(run, "clip"));
        Assert.Contains("run 1 of 3: batch=8: finished before",
            finished.Run(folder, "--set", "sweep.data.batch=[8,16,12]").Output);
        Assert.Equal(3, Directory.GetDirectories(folder).Length);
        finished.Run(folder, "--set", "optimizer.weight_decay=0.3");
        Assert.Equal(5, Directory.GetDirectories(folder).Length);
        Assert.All(before, run => Assert.Equal(run.Value, Weights(run.Key, "clip")));
        Assert.Contains("weight_decay", File.ReadAllText(RunOfSweep(folder, 0) + ".toml"));
        Assert.Contains("is another experiment, or of another precision or device",
            Command.Here("run", "--resume", folder, "--set", "steps=13").Returns(2).Error);
    }

    [Fact]
    public void A_value_more_trains_its_arms_alone_beside_those_that_are_there()
    {
        var folder = Copy("grown");
        var output = finished.Run(folder, "--set", "sweep.masking.ratio=[0.5,0.6,0.75]").Output;
        Assert.Equal(["run 1 of 4: batch=8: finished before",
            "run 2 of 4: batch=8", "run 3 of 4: batch=16: finished before", "run 4 of 4: batch=16"],
            output.Split('\n').Where(line => line.StartsWith("run ")));
        Assert.Contains("toy: arm rils-ratio-0.6, one seed, 12 steps of 8 samples", output);
        Assert.Contains("rils-ratio-0.6@batch-16", Command.Here("compare", folder).Returns(0).Output);
        var again = finished.Run(folder, "--set", "sweep.masking.ratio=[0.5,0.6,0.75]").Output.Split('\n')
            .Where(line => line.StartsWith("run ")).ToArray();
        Assert.Equal(4, again.Length);
        // With fewer values the grid is one run, and the folder stays a sweep's. The value is there already, but the
        // arm beside it was trained with values that are no longer wanted.
        Assert.StartsWith("run 1 of 2: batch=8: finished before\nrun 2 of 2: batch=8\n",
            finished.Run(folder, "--set", "sweep.masking.ratio=[0.6]", "--set", "sweep.data.batch=[8]").Output);
        Assert.All(again, line => Assert.EndsWith("finished before", line));
    }

    [Fact]
    public void A_value_more_of_arms_that_take_weights_has_its_source_beside_it_and_gets_the_bytes_of_the_whole()
    {
        string[] takes = ["run", finished.Toy.Experiment,
            "--set", "arm.rils.init.from=clip", "--set", "steps=4", "--set", "sweep.data.batch=[8,12]"];
        var (grown, whole) = (finished.Toy["taking"], finished.Toy["taking-whole"]);
        Command.Here([.. takes, "--out", grown, "--set", "sweep.masking.ratio=[0.5]"]).Returns(0);
        var output = Command.Here([.. takes, "--out", grown, "--set", "sweep.masking.ratio=[0.5,0.6]"])
            .Returns(0).Output;
        Assert.Equal(["run 1 of 4: batch=8: finished before",
            "run 2 of 4: batch=8", "run 3 of 4: batch=12: finished before", "run 4 of 4: batch=12"],
            output.Split('\n').Where(line => line.StartsWith("run ")));
        Assert.Contains("toy: arms rils-ratio-0.6, clip, one seed, 4 steps of 8 samples", output);
        Command.Here([.. takes, "--out", whole, "--set", "sweep.masking.ratio=[0.5,0.6]"]).Returns(0);
        var added = RunOfSweep(grown, 1);
        foreach (var arm in (string[])["rils-ratio-0.6", "clip"])
            Assert.Equal(Weights(RunOf(whole, "batch-8"), arm), Weights(added, arm));
        // Both runs of a batch have the source of the weights, and <c>compare</c> shows it as one arm.
        Assert.Contains("another of rils-ratio-0.5@batch-8, clip@batch-8, rils-ratio-0.6@batch-8, "
            + "rils-ratio-0.5@batch-12, clip@batch-12, rils-ratio-0.6@batch-12\n",
            Command.Here("compare", grown).Returns(0).Output);
    }

    [Fact]
    public void A_signal_leaves_a_sweep_that_goes_on()
    {
        var folder = finished.Toy["stopped"];
        string[] sets = ["--set", Ratios, "--set", "steps=60", "--set", "schedule.warmup_steps=2"];
        using (var run = new HeldRun(step: 9, ["run", finished.Toy.Experiment, "--out", folder, "--set", Batches,
            "--set", "checkpoint.every=5", .. sets]))
        {
            run.Signal(Command.Term);
            Assert.Equal("stopping after this step; a second signal ends rils at once", run.NextError());
            Assert.EndsWith($"the sweep goes on by: rils run --resume {folder}\n", run.LetGo().Returns(130).Error);
        }
        var goneOn = Command.Here(["run", "--resume", folder, .. HeldRun.Plugin]).Returns(0).Output;
        Assert.Contains("going on from the checkpoint of this step", goneOn);
        var whole = finished.Toy["unstopped"];
        Command.Here(["run", finished.Toy.Experiment, "--out", whole, "--set", "data.batch=8", .. sets]).Returns(0);
        foreach (var arm in (string[])["rils-ratio-0.5", "rils-ratio-0.75", "clip"])
            Assert.Equal(Weights(whole, arm), Weights(RunOf(folder, "batch-8"), arm));
    }

    static string RunOfSweep(string folder, int index)
    {
        using var sweep = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "sweep.json")));
        return Path.Combine(folder, sweep.RootElement.GetProperty("runs")[index].GetProperty("folder").GetString()!);
    }

    [Fact]
    public void More_seeds_go_on_in_the_same_runs()
    {
        var folder = Copy("seeds");
        var run = RunOf(folder, "batch-8");
        var before = File.GetLastWriteTimeUtc(Path.Combine(run, "seed-0", "clip", "model.safetensors"));
        Command.Here("run", "--resume", folder, "--set", "seeds=[0,3]").Returns(0);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(run, "seed-0", "clip", "model.safetensors")));
        Assert.NotEqual(Weights(run, "clip"), Weights(run, "clip", seed: 3));
        Assert.Contains("no answer from 2 seeds (0, 3)", Command.Here("compare", folder).Returns(0).Output);
        // The folder already has the fewer seeds that the file asks for.
        Assert.Contains("finished before", finished.Run(folder).Output);
    }

    [Fact]
    public void Compare_joins_the_runs_and_names_each_arm()
    {
        var output = Command.Here("compare", finished.Folder).Returns(0).Output;
        Assert.StartsWith("differences are to arm clip@batch-8; "
            + "--baseline ARM chooses another of rils-ratio-0.5@batch-8, rils-ratio-0.75@batch-8, clip@batch-8, "
            + "rils-ratio-0.5@batch-16, rils-ratio-0.75@batch-16, clip@batch-16\n", output);
        Assert.DoesNotContain("data.batch is", output);
        // Between runs that no sweep joins <c>compare</c> tells such a difference.
        var apart = Command.Here("compare", RunOf(finished.Folder, "batch-8"), RunOf(finished.Folder, "batch-16"))
            .Returns(0).Output;
        Assert.Contains("note: unpaired, since arms that read it saw other images: data.batch is 8 in ", apart);
        var folder = Copy("edited");
        var experiment = Path.Combine(RunOf(folder, "batch-16"), "experiment.toml");
        File.WriteAllText(experiment, File.ReadAllText(experiment).Replace("image = 32", "image = 40"));
        Assert.EndsWith("/experiment.toml was edited after the run: undo that\n  data.image was 32 and is 40\n",
            Command.Here("compare", folder).Returns(2).Error);
    }

    [Fact]
    public void A_report_shows_the_arms_of_all_runs_side_by_side()
    {
        var file = finished.Toy["report.html"];
        Assert.Equal(file, Command.Here("report", finished.Folder, "--out", file).Returns(0).Output.Trim());
        var page = File.ReadAllText(file);
        foreach (var arm in (string[])["rils-ratio-0.5@batch-8", "rils-ratio-0.75@batch-16", "clip@batch-16"])
            Assert.Contains(arm, page);
        Assert.Contains("The schedule is that of the first run, batch-8-", page);
        Assert.Contains("Differences are an arm less <strong>clip@batch-8</strong>", page);
        // Every arm of both runs has a curve of its loss.
        using var curves = System.Text.Json.JsonDocument.Parse(
            page.Split("id=\"curves-data\">")[1].Split("</script>")[0]);
        Assert.Contains("clip@batch-16", curves.RootElement.ToString());
    }

    [Fact]
    public void Check_plan_and_bench_take_the_first_run_and_say_so()
    {
        string[] sets = [finished.Toy.Experiment, "--set", Ratios, "--set", Batches];
        const string Note = "note: [sweep] makes 4 points: 6 arms in 2 runs; this is the first, batch=8\n";
        var check = Command.Here(["check", .. sets]).Returns(0);
        Assert.Equal(Note, check.Error);
        Assert.Contains("sweep    4 points: 6 arms in 2 runs, by masking.ratio, data.batch\n"
            + "         run 1 of 2: batch=8, 3 arms\n         run 2 of 2: batch=16, 3 arms\n", check.Output);
        var plan = Command.Here(["plan", .. sets]).Returns(0);
        Assert.Equal(Note, plan.Error);
        Assert.Contains("rils-ratio-0.5", plan.Output);
    }

    [Fact]
    public void A_folder_that_is_no_sweep_is_left_alone()
    {
        var folder = Directory.CreateDirectory(finished.Toy["other"]).FullName;
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
        var refused = Command.Here("run", finished.Toy.Experiment, "--out", folder, "--set", Batches).Returns(2).Error;
        Assert.Equal($"error: --out: {folder} holds something that is no sweep: "
            + "name another folder with --out, or remove it\n", refused);
        File.WriteAllText(Path.Combine(folder, "sweep.json"), "{");
        Assert.Contains("sweep.json is damaged: run the sweep's file again with --out",
            Command.Here("run", "--resume", folder).Returns(2).Error);
    }

    string Copy(string name)
    {
        var target = finished.Toy[name];
        foreach (var file in Directory.GetFiles(finished.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(finished.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}
