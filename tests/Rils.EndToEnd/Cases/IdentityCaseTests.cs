using Rils.Runs;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Cases;

/// <summary>Runs that go on, get more seeds or are compared, with other data, weights, keys or engine than at their
/// start.</summary>
public sealed class IdentityCaseTests
{
    static byte[] Weights(string run, string arm) =>
        File.ReadAllBytes(Path.Combine(run, "seed-0", arm, "model.safetensors"));

    static IEnumerable<string> Changes(string run) =>
        RunManifest.Read(run).Stretches.SelectMany(stretch => stretch.Lines);

    [Fact]
    public void A_shard_more_is_refused_named_and_can_be_accepted()
    {
        using var folder = new CaseFolder("reports/resume-shards-added");
        var run = StoppedRun.At(20, folder.Experiment, folder["R"], "steps=30");
        File.Move(folder["later", "b.tar"], folder["data", "b.tar"]);
        var pattern = folder["data", "*.tar"];
        var refused = Command.Here("run", "--resume", run).Returns(2).Error;
        Assert.StartsWith($"error: --resume: {run} was begun with something else; "
            + $"run it as it was begun, or begin anew with --out\n  data {pattern} was ", refused);
        Assert.EndsWith(" (b is new); --accept data goes on\n", refused);
        Assert.Equal(refused, Command.Here("run", folder.Experiment, "--set", "steps=30", "--resume", run)
            .Returns(2).Error);
        Assert.Matches($@"warning: data .* \(b is new\): accepted, and noted in manifest.json\n",
            Command.Here("run", "--resume", run, "--accept", "data").Returns(0).Error);
        Assert.Matches(@"^from step 20 of seed 0 on, data .* was .* and is .* \(b is new\) \(accepted: data\)$",
            Assert.Single(Changes(run)));
        // A user accepts a difference once: a later session does not ask again.
        Assert.Contains("already finished", Command.Here("run", "--resume", run).Returns(0).Output);
    }

    [Fact]
    public void Seeds_are_not_added_on_other_captions()
    {
        using var folder = new CaseFolder("reports/seeds-added-on-other-captions");
        var (run, train) = (folder["R"], folder["train.tar"]);
        Command.Here("run", folder.Experiment, "--out", run).Returns(0);
        var (written, first) = (File.GetLastWriteTimeUtc(train), File.ReadAllBytes(train));
        File.WriteAllBytes(train, File.ReadAllBytes(folder["train-2.tar"]));
        File.SetLastWriteTimeUtc(train, written);
        string[] more = ["run", "--resume", run, "--set", "seeds=[0,1]"];
        Assert.Matches(@"data .*/train.tar was \d+ samples in 1 part with SHA-256 \w+ "
            + @"and is \d+ samples in 1 part with SHA-256 \w+ \(train is another\); --accept data goes on",
            Command.Here(more).Returns(2).Error);
        Assert.False(Directory.Exists(Path.Combine(run, "seed-1")));
        Command.Here([.. more, "--accept", "data"]).Returns(0);
        Assert.StartsWith("from step 0 of seed 1 on, data ", Assert.Single(Changes(run)));
        // The first shard, put back, is the data of the first seed, and no longer that of the last.
        File.WriteAllBytes(train, first);
        Assert.Contains("(train is another)",
            Command.Here("run", "--resume", run, "--set", "seeds=[0,1,2]").Returns(2).Error);
    }

    [Fact]
    public void Runs_on_other_training_data_are_not_compared()
    {
        using var folder = new CaseFolder("faults/compare-other-training-data");
        string Run(string shard, string name)
        {
            File.Copy(folder[shard], folder["t.tar"], overwrite: true);
            Command.Here("run", folder.Experiment, "--out", folder[name]).Returns(0);
            return folder[name];
        }
        var (first, second, again) = (Run("a.tar", "out-1"), Run("b.tar", "out-2"), Run("a.tar", "out-3"));
        var refused = Command.Here("compare", first, second).Returns(2).Error;
        Assert.Matches($@"data\.train is \d+ samples in 1 part with SHA-256 \w+ in {first} "
            + $@"and \d+ samples in 1 part with SHA-256 \w+ in {second}\n$", refused);
        Assert.DoesNotContain("note:", Command.Here("compare", first, again).Returns(0).Output);
        Assert.Contains("data.train is ", Command.Here("compare", first, second, again).Returns(2).Error);
    }

    [Fact]
    public void Weights_that_one_phase_hands_to_the_next_are_checked_first()
    {
        using var folder = new CaseFolder("faults/phase-weights-lost-a-bit");
        var whole = folder["out-whole"];
        Command.Here("run", folder.Experiment, "--out", whole).Returns(0);
        var run = StoppedRun.BetweenPhases(folder.Experiment, folder["out"]);
        var weights = Path.Combine(run, "seed-0", "mae", "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^9] ^= 64;
        File.WriteAllBytes(weights, bytes);
        Assert.Contains($"\nerror: {weights} is damaged: its SHA-256 is not the one in outcome.json; "
            + "put it back from a copy, or remove it", Command.Here("run", "--resume", run).Returns(1).Error);
        File.Delete(weights);
        Command.Here("run", "--resume", run).Returns(0);
        foreach (var arm in (string[])["mae", "lit"]) Assert.Equal(Weights(whole, arm), Weights(run, arm));
    }

    [Fact]
    public void An_edited_experiment_is_refused_with_both_values()
    {
        using var folder = new CaseFolder("faults/resume-edited-experiment");
        var run = StoppedRun.At(4, folder.Experiment, folder["out"], "steps=12");
        var file = Path.Combine(run, "experiment.toml");
        var text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("learning_rate = 0.001", "learning_rate = 0.01"));
        var refused = Command.Here("run", "--resume", run).Returns(2).Error;
        foreach (var arm in (string[])["rils", "clip"])
            Assert.Contains($"\n  arm.{arm}.schedule.learning_rate was 0.001 and is 0.01; "
                + "--accept schedule.learning_rate goes on\n", refused);
        Assert.Contains("experiment.toml was edited after the run", Command.Here("compare", run).Returns(2).Error);
        // The given FILE has the value of the start, so the run goes on and writes its own experiment.toml anew.
        Command.Here("run", folder.Experiment, "--set", "steps=12", "--resume", run).Returns(0);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void An_edit_that_is_meant_is_accepted_by_its_key()
    {
        using var folder = new CaseFolder("faults/resume-edited-experiment");
        var run = StoppedRun.At(4, folder.Experiment, folder["out"], "steps=12");
        string[] lower = ["run", folder.Experiment, "--resume", run, "--set", "steps=12", "--set",
            "schedule.learning_rate=5e-4"];
        Assert.Contains("--accept x: no difference has this name; the differences are: schedule.learning_rate\n",
            Command.Here([.. lower, "--accept", "x"]).Returns(2).Error);
        Command.Here([.. lower, "--accept", "schedule.learning_rate"]).Returns(0);
        Assert.Equal(
        [
            "from step 4 of seed 0 on, arm.rils.schedule.learning_rate was 0.001 and is 0.0005 "
                + "(accepted: schedule.learning_rate)",
            "from step 4 of seed 0 on, arm.clip.schedule.learning_rate was 0.001 and is 0.0005 "
                + "(accepted: schedule.learning_rate)",
        ], Changes(run));
        Assert.Contains($"note: {run}: from step 4 of seed 0 on, arm.rils.schedule.learning_rate was 0.001",
            Command.Here("compare", run).Returns(0).Output);
        Assert.Contains("from step 4 of seed 0 on, arm.rils.schedule.learning_rate was 0.001",
            File.ReadAllText(Command.Here("report", run).Returns(0).Output.Trim()));
        Assert.Contains("learning_rate = 0.0005", File.ReadAllText(Path.Combine(run, "experiment.toml")));
    }

    [Fact]
    public void A_shard_that_was_replaced_is_refused_and_one_that_was_put_back_is_the_same()
    {
        using var folder = new CaseFolder("faults/resume-other-training-data");
        File.Copy(folder["a.tar"], folder["t.tar"]);
        string[] sets = ["steps=12"];
        var whole = StoppedRun.At(8, folder.Experiment, folder["out-whole"], sets);
        Command.Here("run", "--resume", whole).Returns(0);
        var run = StoppedRun.At(4, folder.Experiment, folder["out"], sets);
        File.Copy(folder["b.tar"], folder["t.tar"], overwrite: true);
        Assert.Contains($"data {folder["t.tar"]} was ", Command.Here("run", "--resume", run).Returns(2).Error);
        File.WriteAllBytes(folder["t.tar"], File.ReadAllBytes(folder["a.tar"]));
        Assert.Equal("", Command.Here("run", "--resume", run).Returns(0).Error);
        Assert.Equal(Weights(whole, "rils"), Weights(run, "rils"));
        Assert.Empty(Changes(run));
    }

    /// <summary>The case faults/resume-other-engine. Instead of applying its patch, the test appends bytes to the
    /// engine's file, which change nothing but the file's hash.</summary>
    [Fact]
    public void Another_build_of_the_engine_is_refused()
    {
        using var folder = new CaseFolder("faults/resume-other-training-data");
        File.Copy(folder["a.tar"], folder["t.tar"]);
        var run = StoppedRun.At(4, folder.Experiment, folder["out"], "steps=8");
        var host = OtherHost(folder["host"]);
        Outcome Resume(params string[] more) => Command.Of(host, ["run", "--resume", run, .. more]);
        var refused = Resume().Returns(2).Error;
        Assert.Matches(@"\n  engine Rils\.Engine\.dll was \w{64} and is \w{64}; --accept engine goes on\n$", refused);
        Resume("--accept", "engine").Returns(0);
        var taken = folder["out-2"];
        Command.Here("run", folder.Experiment, "--set", "steps=8", "--out", taken).Returns(0);
        var compared = Command.Here("compare", run, taken).Returns(0).Output;
        Assert.Contains($"note: the engine of {run} and {taken} come from different builds: Rils.Engine.dll\n",
            compared);
        Assert.Contains($"note: {run}: from step 4 of seed 0 on, engine Rils.Engine.dll was ", compared);
    }

    /// <summary>Copies the built command and appends 8 bytes to its engine; the folders below are links, since they are
    /// large.</summary>
    static string OtherHost(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Command.Folder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var below in Directory.GetDirectories(Command.Folder))
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(below)), below);
        using var engine = File.Open(Path.Combine(folder, "Rils.Engine.dll"), FileMode.Append);
        engine.Write(new byte[8]);
        return folder;
    }
}
