using Rils.Engine.Execution;
using System.Formats.Tar;
using System.Text.RegularExpressions;
using Rils.Runs;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Plugins.Imaging;
using Rils.Tests.Plugins.WebDataset;

namespace Rils.Tests.Engine.Runs;

/// <summary>A resumed run must have all that it was begun with, and the bytes that it wrote.</summary>
public sealed class ResumeIdentityTests : IDisposable
{
    readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    string Stopped(string name, string text) =>
        StoppedRun.At(4, toy.Write($"{name}.toml", text), toy[name], "checkpoint.every=4");

    string Stopped(string name) => Stopped(name, Toy.Text);

    static string Refusal(string run, params string[] more) =>
        Command.Here(["run", "--resume", run, .. more]).Returns(2).Error;

    static IEnumerable<string> Changes(string run) =>
        RunManifest.Read(run).Stretches.SelectMany(stretch => stretch.Lines);

    static void Rewrite(string run, Func<RunManifest, RunManifest> change) => change(RunManifest.Read(run)).Write(run);

    static byte[] Weights(string run, string arm) =>
        File.ReadAllBytes(Path.Combine(run, "seed-0", arm, "model.safetensors"));

    [Fact]
    public void Another_vocabulary_is_refused()
    {
        var run = Stopped("run");
        File.AppendAllText(toy["bpe.txt"], "\n");
        Assert.Matches($@"\n  file {toy["bpe.txt"]} was of SHA-256 \w+ and is of SHA-256 \w+; "
            + @"--accept files goes on\n$", Refusal(run));
        Assert.Contains("warning: file ", Command.Here("run", "--resume", run, "--accept", "files").Returns(0).Error);
        Assert.Equal(["files"], RunManifest.Read(run).Accepted);
    }

    [Fact]
    public void Other_data_to_evaluate_or_to_probe_on_is_refused()
    {
        WriteClasses("labelled.tar", 30);
        WriteClasses("learn.tar", 31);
        var run = Stopped("run",
            $"{Toy.Text}\n[[head]]\nkind = \"knn\"\ndata = \"labelled.tar\"\ntrain = \"learn.tar\"\nk = 3");
        WriteClasses("learn.tar", 32);
        var refused = Refusal(run);
        Assert.Contains($"data {toy["learn.tar"]} was 31 samples in 1 part ", refused);
        Assert.DoesNotContain("labelled.tar", refused);
        WriteClasses("learn.tar", 31);
        WriteClasses("labelled.tar", 29);
        Assert.Contains($"data {toy["labelled.tar"]} was 30 samples in 1 part ", Refusal(run));
    }

    [Fact]
    public void Data_that_was_moved_differs_by_the_keys_that_name_it_alone()
    {
        var run = Stopped("run", Toy.Text.Replace("toy-*.tar", "toy-0.tar"));
        var moved = Path.Combine(Directory.CreateDirectory(toy["moved"]).FullName, "toy-0.tar");
        File.Move(toy["toy-0.tar"], moved);
        string[] sets = ["--set", $"data.train={moved}", "--set", $"head.retrieval.data={moved}"];
        var refused = Refusal(run, sets);
        Assert.Equal(2, refused.Split("--accept").Length - 1);
        Assert.Contains($"data.train was \"{toy["toy-0.tar"]}\" and is \"{moved}\"; --accept data.train goes on\n",
            refused);
        Command.Here(["run", "--resume", run, "--accept", "data.train", "--accept", "head[0].data", .. sets])
            .Returns(0);
    }

    /// <summary>The message lists all differences, however many there are.</summary>
    [Fact]
    public void Everything_that_differs_is_told_at_once()
    {
        var run = Stopped("run");
        File.AppendAllText(toy["bpe.txt"], "\n");
        File.Move(toy["toy-0.tar"], toy["toy-1.tar"]);
        Rewrite(run, manifest => manifest with
        {
            Engine = manifest.Engine.ToDictionary(file => file.Key, _ => "0"),
            Plugins = [.. manifest.Plugins.Select(plugin => plugin with { Sha256 = "0" })],
            Experiment = manifest.Experiment with { Root = manifest.Experiment.Root.Concat(Enumerable.Range(0, 100)
                .Select(i => KeyValuePair.Create($"data.key{i}", "1"))).ToDictionary() },
        });
        var refused = Refusal(run);
        foreach (var what in (string[])[.. EngineFiles.Hashes.Keys.Select(file => $"engine {file}"),
            .. RunManifest.Read(run).Plugins.Select(plugin => $"plugin {plugin.Name}"), $"data {toy["toy-*.tar"]}",
            $"file {toy["bpe.txt"]}"])
            Assert.Contains($"\n  {what} was ", refused);
        Assert.Matches(@"\n  and \d\d more\n$", refused);
    }

    [Theory]
    [InlineData("data", "nothing differs that could be accepted: leave --accept out")]
    [InlineData("x", "nothing differs that could be accepted: leave --accept out")]
    public void A_name_that_accepts_nothing_is_refused(string name, string says)
    {
        Assert.Equal($"error: --accept {name}: {says}\n", Refusal(Stopped("run"), "--accept", name));
        Assert.Equal($"error: --accept {name}: a new run has no differences: leave --accept out\n",
            Command.Here("run", toy.Experiment, "--out", toy["new"], "--accept", name).Returns(2).Error);
        Assert.False(Directory.Exists(toy["new"]));
    }

    [Theory]
    [InlineData("steps=20", "steps was 12 and is 20")]
    [InlineData("seeds=[1]", "seeds[0] was 0 and is 1")]
    [InlineData("arm.clip=none", "arm clip was there and is absent")]
    [InlineData("precision=fp32", "precision was absent and is \"fp32\"")]
    public void What_no_run_can_change_on_its_way_has_no_name(string set, string says)
    {
        var refused = Refusal(Stopped("run"), "--set", set);
        Assert.Contains($"\n  {says}\n", refused);
    }

    /// <summary>The key decides the bits on a GPU, not the meaning of results, so the user may accept the
    /// change.</summary>
    [Fact]
    public void A_run_may_go_on_without_deterministic_algorithms()
    {
        var run = Stopped("run");
        Assert.Contains("\n  deterministic was true and is false; --accept deterministic goes on\n",
            Refusal(run, "--set", "deterministic=false"));
        Command.Here("run", "--resume", run, "--set", "deterministic=false", "--accept", "deterministic").Returns(0);
    }

    [Fact]
    public void Paths_that_differ_at_their_ends_are_told_apart()
    {
        var deep = Directory.CreateDirectory(toy[string.Join('/',
            Enumerable.Repeat("a-folder-with-a-long-name", 4))]).FullName;
        foreach (var name in (string[])["a.tar", "b.tar"]) File.Copy(toy["toy-0.tar"], Path.Combine(deep, name));
        var run = Stopped("run", Toy.Text.Replace("\"toy-*.tar\"", $"\"{deep}/a.tar\""));
        Assert.Contains($"data.train was \"{deep}/a.tar\" and is \"{deep}/b.tar\"",
            Refusal(run, "--set", $"data.train={deep}/b.tar"));
    }

    [Fact]
    public void Another_machine_is_a_warning_and_noted_from_its_first_step_on()
    {
        var run = Stopped("run");
        string[] keys = ["processor_id", "instructions", "libtorch_instructions", "instruction_set"];
        var now = RunManifest.Read(run).Machine;
        Rewrite(run, manifest => manifest with
        {
            Machine = manifest.Machine.ToDictionary(entry => entry.Key, entry =>
                keys.Contains(entry.Key) || entry.Key == "threads" ? "other" : entry.Value)
                .Append(new("MKL_CBWR", "COMPATIBLE")).ToDictionary()
        });
        var warnings = Command.Here("run", "--resume", run).Returns(0).Error;
        foreach (var key in keys)
            Assert.Contains($"warning: {new Difference(key, "other", now[key])}: "
                + "the run goes on, but not to the bits of an uninterrupted one\n", warnings);
        Assert.Contains("warning: MKL_CBWR was COMPATIBLE and is absent: ", warnings);
        Assert.Contains($"from step 4 of seed 0 on, instructions was other and is {now["instructions"]}", Changes(run));
        Assert.Equal(now["instructions"], RunManifest.Read(run).Machine["instructions"]);
        // The experiment cuts the batch, so threads change no bits.
        Assert.DoesNotContain("threads was", warnings);
        Assert.Contains("note: " + run + ": from step 4 of seed 0 on, MKL_CBWR was COMPATIBLE and is absent",
            Command.Here("compare", run).Returns(0).Output);
    }

    [Fact]
    public void Another_instruction_set_is_told_by_libtorch_itself()
    {
        // The file names a precision. Otherwise the precision follows the instruction set, and the run is refused
        // before any other message.
        var run = Stopped("run", "precision = \"fp32\"\n" + Toy.Text);
        var (own, set) =
            (RunManifest.Read(run).Machine["libtorch_instructions"], RunManifest.Read(run).Machine["instruction_set"]);
        Assert.Contains(own, (string[])["AVX512", "AVX2", "DEFAULT"]);
        var warnings = Command.Shell("export ATEN_CPU_CAPABILITY=default", "run", "--resume", run).Returns(0).Error;
        var before = Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY") ?? "absent";
        Assert.Contains($"warning: ATEN_CPU_CAPABILITY was {before} and is default: "
            + "the run goes on, but not to the bits of an uninterrupted one\n", warnings);
        if (own != "DEFAULT") Assert.Contains($"warning: libtorch_instructions was {own} and is DEFAULT: ", warnings);
        if (set != "Baseline") Assert.Contains($"warning: instruction_set was {set} and is Baseline: ", warnings);
    }

    [Fact]
    public void A_manifest_that_was_edited_is_refused_and_an_earlier_build_s_is_told_apart()
    {
        var run = Stopped("run");
        var file = Path.Combine(run, "manifest.json");
        var text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("\"device\": \"cpu\"", "\"device\": \"gpu\""));
        Assert.Equal($"error: --resume: {file} is missing, "
            + "damaged, or was edited: put it back from a copy, or begin anew with --out\n", Refusal(run));
        File.WriteAllText(file,
            "{\"started\": \"2026-01-01T00:00:00+00:00\", \"rils\": \"0.1.0\", \"device\": \"cpu\", \"plugins\": []}");
        Assert.Equal($"error: --resume: {run} was begun by an earlier build of rils, whose manifest.json "
            + "does not record data and engine: finish it by that build, or begin anew with --out\n", Refusal(run));
        File.WriteAllText(file, text);
        Command.Here("run", "--resume", run).Returns(0);
    }

    [Fact]
    public void A_number_in_the_state_of_a_checkpoint_is_not_believed()
    {
        var run = StoppedRun.At(8, toy.Write("run.toml", Toy.Text), toy["run"], "checkpoint.every=4");
        var folder = Directory.GetDirectories(Path.Combine(run, "seed-0", "checkpoints")).Order(StringComparer.Ordinal)
            .Last();
        var state = Path.Combine(folder, "state.json");
        var text = File.ReadAllText(state);
        var number = Regex.Match(text, "\"image_to_text_r1\": ([0-9.]+)");
        File.WriteAllText(state, text.Remove(number.Groups[1].Index, 1).Insert(number.Groups[1].Index, "7"));
        Assert.StartsWith($"error: {state} is damaged, or was edited\nremove "
            + $"{folder} to go on from an earlier checkpoint\n", Command.Here("run", "--resume", run).Returns(1).Error);
        Directory.Delete(folder, recursive: true);
        Command.Here("run", "--resume", run).Returns(0);
        AssertEndsAsWhole(run);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("doubled")]
    [InlineData("changed")]
    public void A_line_of_metrics_is_missed(string damage)
    {
        var run = Stopped("run");
        var file = Path.Combine(run, "seed-0", "metrics.jsonl");
        var text = File.ReadAllText(file);
        var lines = File.ReadAllLines(file).ToList();
        if (damage == "lost") lines.RemoveAt(2);
        else if (damage == "doubled") lines.Insert(2, lines[2]);
        else lines[2] = Regex.Replace(lines[2], "\"loss\":.", "\"loss\":9");
        File.WriteAllLines(file, lines);
        Assert.NotEqual(text, File.ReadAllText(file));
        Assert.StartsWith($"error: {file} is damaged, or was edited: it does not hold "
            + "what the last checkpoint saw. Put it back, or remove it to go on without the metrics before that step\n",
            Command.Here("run", "--resume", run).Returns(1).Error);
        File.WriteAllText(file, text);
        Command.Here("run", "--resume", run).Returns(0);
        AssertEndsAsWhole(run);
    }

    [Fact]
    public void What_a_finished_run_says_is_what_it_wrote()
    {
        var run = Stopped("run");
        Command.Here("run", "--resume", run).Returns(0);
        var (metrics, outcome) =
            (Path.Combine(run, "seed-0", "metrics.jsonl"), Path.Combine(run, "seed-0", "outcome.json"));
        var (lines, text) = (File.ReadAllText(metrics), File.ReadAllText(outcome));
        File.WriteAllText(metrics, lines[(lines.IndexOf('\n') + 1)..]);
        Assert.Contains($"{metrics} is damaged, or was edited: its SHA-256 is not the one in outcome.json; "
            + "put the file back from a copy, or remove it to go on without its curves",
            Command.Here("report", run).Returns(2).Error);
        File.WriteAllText(metrics, lines);
        var number = Regex.Match(text, "\"image_to_text_r1\": ([0-9.]+)");
        File.WriteAllText(outcome, text.Remove(number.Groups[1].Index, 1).Insert(number.Groups[1].Index, "7"));
        Assert.Contains("left a damaged outcome.json; finish it by: rils run --resume",
            Command.Here("compare", run).Returns(2).Error);
        Command.Here("run", "--resume", run).Returns(0);
        Assert.Equal(text, File.ReadAllText(outcome));
    }

    [Fact]
    public void Only_plugins_that_have_a_part_in_the_run_count()
    {
        var plugins = FixturePlugins.CopyTo(toy["plugins/Fixture.Good"], "Fixture.Good");
        Command.Here("run", toy.Experiment, "--plugins", plugins, "--out", toy["idle"], "--set", "steps=4").Returns(0);
        Assert.DoesNotContain("Fixture.Good", RunManifest.Read(toy["idle"]).Plugins.Select(plugin => plugin.Name));
        Assert.DoesNotContain("Rils.SimClr", RunManifest.Read(toy["idle"]).Plugins.Select(plugin => plugin.Name));
        Command.Here("run", "--resume", toy["idle"], "--set", "seeds=[0,1]").Returns(0);
        File.AppendAllText(Path.Combine(plugins, "Fixture.Good.xml"), "<!-- built again -->");
        Command.Here("run", "--resume", toy["idle"], "--plugins", plugins, "--set", "seeds=[0,1,2]").Returns(0);
        Assert.Empty(Changes(toy["idle"]));
    }

    [Fact]
    public void A_plugin_is_found_where_the_run_found_it_and_refused_where_it_is_another()
    {
        var plugins = FixturePlugins.CopyTo(toy["plugins/Fixture.Good"], "Fixture.Good");
        var file = toy.Write("first.toml", Toy.Text.Replace("kind = \"random\", ratio = 0.75", "kind = \"first\""));
        var run = toy["run"];
        Command.Here("run", file, "--plugins", plugins, "--out", run, "--set", "steps=4").Returns(0);
        Command.Here("run", "--resume", run, "--set", "seeds=[0,1]").Returns(0);
        File.AppendAllText(Path.Combine(plugins, "Fixture.Library.dll"), "\0");
        string[] more = ["--set", "seeds=[0,1,2]"];
        Assert.Matches(@"\n  plugin Fixture\.Good was \S+ with SHA-256 \w+ and is \S+ with SHA-256 \w+; "
            + @"--accept Fixture\.Good goes on\n$", Refusal(run, more));
        Command.Here(["run", "--resume", run, "--accept", "Fixture.Good", .. more]).Returns(0);
        Assert.StartsWith("from step 0 of seed 2 on, plugin Fixture.Good was ", Assert.Single(Changes(run)));
        Directory.Move(plugins, toy["moved"]);
        Assert.Equal("error: plugin Fixture.Good, with which the run was begun, "
            + $"is no longer in {plugins}: name its folder by --plugins\n", Refusal(run));
    }

    [Fact]
    public void A_sweep_does_not_grow_on_other_data()
    {
        string[] sweep = ["run", toy.Experiment, "--out", toy["sweep"], "--set", "steps=4"];
        const string Two = "sweep.data.batch=[8,16]", Three = "sweep.data.batch=[8,16,32]";
        Command.Here([.. sweep, "--set", Two]).Returns(0);
        var record = File.ReadAllText(toy["sweep/sweep.json"]);
        File.AppendAllText(toy["bpe.txt"], "\n");
        // The sweep has nothing left to train, so other data is no matter.
        Assert.Contains("run 2 of 2: batch=16: finished before",
            Command.Here([.. sweep, "--set", Two]).Returns(0).Output);
        var refused = Command.Here([.. sweep, "--set", Three]).Returns(2).Error;
        Assert.Matches($"^error: --out: {toy["sweep"]} was begun with something else; "
            + $@".*\n  file {toy["bpe.txt"]} was .*; --accept files goes on\n$", refused);
        Assert.Equal(record, File.ReadAllText(toy["sweep/sweep.json"]));
        Assert.Contains("--accept engine: no difference has this name; the differences are: files\n",
            Command.Here([.. sweep, "--set", Three, "--accept", "engine"]).Returns(2).Error);
        Command.Here([.. sweep, "--set", Three, "--accept", "files"]).Returns(0);
        Assert.Matches(@"note: data\.tokenizer\.vocabulary is of SHA-256 \w+ in .*/batch-8-\w+ and of SHA-256 "
            + @"\w+ in .*/batch-32-\w+ \(accepted\)\n", Command.Here("compare", toy["sweep"]).Returns(0).Output);
        // More seeds would train all runs of the sweep on the other data.
        Assert.Contains("--accept files goes on", Refusal(toy["sweep"], "--set", "seeds=[0,1]"));
        Command.Here("run", "--resume", toy["sweep"], "--set", "seeds=[0,1]", "--accept", "files").Returns(0);
    }

    void AssertEndsAsWhole(string run)
    {
        var whole = toy["whole"];
        Command.Here("run", toy.Write("whole.toml", Toy.Text), "--set", "checkpoint.every=4", "--out", whole)
            .Returns(0);
        foreach (var arm in (string[])["rils", "clip"]) Assert.Equal(Weights(whole, arm), Weights(run, arm));
        foreach (var file in (string[])["metrics.jsonl", "outcome.json"])
            Assert.Equal(File.ReadAllText(Path.Combine(whole, "seed-0", file)),
                File.ReadAllText(Path.Combine(run, "seed-0", file)));
    }

    void WriteClasses(string name, int count) =>
        Shard.Write(toy[name], TarEntryFormat.Ustar, Enumerable.Range(0, count).SelectMany(i => ((string, byte[])[])
        [($"{i:000}.jpg", Picture.Jpeg(Picture.Waves(36 + i % 3, 36), 36 + i % 3, 36)),
            ($"{i:000}.cls", [(byte)('0' + i % 2)])]));
}
