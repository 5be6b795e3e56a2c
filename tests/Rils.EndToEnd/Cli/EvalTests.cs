using System.Text.Json;
using Rils.Engine.WeightFiles;
using Rils.Files;
using Rils.Runs;

namespace Rils.Tests.Cli;

/// <summary><c>rils eval</c>: trained arms judged by further heads.</summary>
public sealed class EvalTests : IDisposable
{
    /// <summary>The model of <see cref="Toy"/>, for a file of weights that does not tell its own; its training data is
    /// not read.</summary>
    static readonly string Model = Toy.Text[Toy.Text.IndexOf("[data]")..Toy.Text.IndexOf("[optimizer]")]
        .Replace("train = \"toy-", "train = \"nowhere-");

    const string Again = """

        [[head]]
        kind = "retrieval"
        data = "toy-*.tar"
        """;

    readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    string Run => toy["run"];

    [Fact]
    public void The_heads_of_the_training_find_the_same_to_the_bit_and_no_file_of_the_run_changes()
    {
        Train("seeds=[0,1]");
        var before = Hashes();
        var output = Eval(Again).Returns(0).Output;
        Assert.Equal(before, Hashes());
        Assert.Contains("again: evaluates trained arms rils, clip, averaged, mae, 2 seeds, on cpu", output);
        Assert.Contains("retrieval leaves out mae: this head needs parts that are not there", output);
        Assert.DoesNotContain("checkpoint", output);
        var run = FinishedRun.Read(Run);
        Assert.Equal(["rils", "clip", "averaged", "averaged (average)", "mae"], run.Arms);
        foreach (var outcome in run.Outcomes.Where(outcome => outcome.Arm != "mae"))
        {
            var (own, added) = (Last(outcome, "retrieval"), Last(outcome, "retrieval (again)"));
            Assert.Equal(own.Step, added.Step);
            Assert.Equal(JsonSerializer.Serialize(own.Metrics), JsonSerializer.Serialize(added.Metrics));
            var samples = run.Samples(outcome).Heads;
            Assert.Equal(["retrieval", "retrieval (again)"], samples.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(JsonSerializer.Serialize(samples["retrieval"]),
                JsonSerializer.Serialize(samples["retrieval (again)"]));
        }
        Assert.Empty(run.Outcomes.First(outcome => outcome.Arm == "mae").Heads);
        Assert.Contains(Command.Here("compare", Run, "--format", "csv").Returns(0).Output.Split('\n'),
            line => line.StartsWith("retrieval (again),image_to_text_r1,") && line.Contains(",averaged (average),"));
        Assert.Contains("already finished", Eval(Again).Returns(0).Output);
    }

    [Fact]
    public void A_run_that_grew_or_an_evaluation_that_was_stopped_is_finished_by_the_same_command()
    {
        Train("seeds=[0,1]");
        Eval(Again).Returns(0);
        var outcome = Path.Combine(Run, "evaluations", "again", "seed-1", "outcome.json");
        var whole = File.ReadAllText(outcome);
        File.Delete(outcome);
        Assert.Contains($"{Folder} is not finished, and is left out: evaluate again by rils eval",
            Command.Here("compare", Run).Returns(0).Output);
        Eval(Again).Returns(0);
        Assert.Equal(whole, File.ReadAllText(outcome));
        Command.Here("run", "--resume", Run, "--set", "seeds=[0,1,2]").Returns(0);
        Assert.Contains($"{Folder} lacks seed 2, and is left out: evaluate again by rils eval",
            Command.Here("compare", Run).Returns(0).Output);
        Eval(Again).Returns(0);
        Assert.DoesNotContain("lacks seed", Command.Here("compare", Run).Returns(0).Output);
    }

    [Fact]
    public void Other_data_is_judged_without_the_training_data()
    {
        toy.Hold(32);
        Train();
        File.Move(toy["toy-0.tar"], toy["moved-0.tar"]);
        var done = Eval(Again.Replace("toy-*", "held-*"), "--arm", "clip").Returns(0);
        Assert.Contains("the training data is not at hand, so each head numbers the classes of its own data",
            done.Error);
        Assert.Contains("image_gallery 32", done.Output);
        Assert.Equal(["clip"], FinishedRun.Read(Folder).Arms);
    }

    [Fact]
    public void A_file_of_a_run_describes_its_model_itself()
    {
        Train();
        File.Copy(Weights("rils"), toy["copy.safetensors"]);
        File.Copy(Path.Combine(Run, "seed-0", "averaged", "average", "model.safetensors"), toy["average.safetensors"]);
        const string Short = "[data]\nkind = \"webdataset\"" + Again;
        Assert.Equal(MetricsOf("rils"), Judge("copy.safetensors", Short));
        Assert.Equal(MetricsOf("averaged (average)"), Judge("average.safetensors", Short));
        Assert.Contains("`backbone` belongs to the weights, which describe their model",
            Command.Here("eval", toy["copy.safetensors"], toy.Write("model.toml", Model + Again)).Returns(2).Error);
    }

    [Fact]
    public void A_file_of_weights_without_a_description_is_judged_by_a_file_that_describes_its_model()
    {
        Train();
        using (var scope = TorchSharp.torch.NewDisposeScope())
            SafeTensors.Write(toy["bare.safetensors"], SafeTensors.Read(Weights("rils")));
        Assert.Equal(MetricsOf("rils"), Judge("bare.safetensors", Model + Again));
        var other = toy.Write("other.toml", Model.Replace("width = 16\ndepth = 2\nheads = 2\n[text]",
            "width = 32\ndepth = 2\nheads = 2\n[text]") + Again);
        Assert.Contains("other shapes", Command.Here("eval", toy["bare.safetensors"], other, "--out", toy["wrong"])
            .Returns(2).Error);
    }

    /// <summary>The metrics that a head finds on a file of weights, as text.</summary>
    string Judge(string weights, string heads)
    {
        var folder = toy[$"judged-{weights}"];
        Assert.DoesNotContain("not at hand", Command.Here("eval", toy[weights], toy.Write("judged.toml", heads),
            "--out", folder).Returns(0).Error);
        return JsonSerializer.Serialize(Last(FinishedRun.Read(folder).Outcomes.Single(), "retrieval").Metrics);
    }

    string MetricsOf(string arm) => JsonSerializer.Serialize(Last(Own(arm), "retrieval").Metrics);

    [Fact]
    public void Weights_that_changed_since_and_plugins_that_changed_since_are_told()
    {
        Train();
        Eval(Again).Returns(0);
        var manifest = RunManifest.Read(Folder);
        var mended = manifest.Plugins.Index().Select(plugin => plugin.Index > 0 ? plugin.Item
            : plugin.Item with { Sha256 = new string('0', 64) });
        (manifest with { Plugins = [.. mended] }).Write(Folder);
        Assert.Contains($"evaluation again of {Run} was made with other builds of plugins than the run: "
            + manifest.Plugins[0].Name, Command.Here("compare", Run).Returns(0).Output);
        Assert.Contains($"{Folder} was made with something else: give the file of the heads another `name`, or remove "
            + "that folder", Eval(Again).Returns(2).Error);
        (manifest with { Taken = manifest.Taken.ToDictionary(file => file.Key, _ => new string('0', 64)) })
            .Write(Folder);
        Assert.Contains($"{Folder} judged other weights than the run has now, and is left out",
            Command.Here("compare", Run).Returns(0).Output);
    }

    [Theory]
    [InlineData("[optimizer]\nkind = \"adamw\"" + Again, "`optimizer` belongs to the run, which is trained")]
    [InlineData("name = \"x\"", "no head: give at least one [[head]]")]
    [InlineData("[[head]]\nkind = \"nonsense\"\ndata = \"toy-*.tar\"", "nonsense")]
    [InlineData("name = \"validation\"" + Again, "`validation` names a head's data for choosing")]
    [InlineData(Again, "no such arm; did you mean `clip`?", "--arm", "clib")]
    [InlineData(Again, "--out is for a file of weights", "--out", "there")]
    public void A_mistake_is_told_before_anything_is_written(string heads, string says, params string[] more)
    {
        Train();
        Assert.Contains(says, Eval(heads, more).Returns(2).Error);
        Assert.False(Directory.Exists(Path.Combine(Run, "evaluations", "again", "seed-0")));
    }

    [Fact]
    public void A_folder_without_a_finished_run_is_refused_and_an_evaluation_is_not_resumed()
    {
        var heads = toy.Write("again.toml", Again);
        Assert.Contains("does not exist", Command.Here("eval", toy["nowhere"], heads).Returns(2).Error);
        Train();
        Eval(Again).Returns(0);
        Assert.Contains("is an evaluation, which goes on by the command that began it",
            Command.Here("run", "--resume", Folder).Returns(2).Error);
        File.Delete(Path.Combine(Run, "seed-0", "outcome.json"));
        Assert.Contains("is not finished", Command.Here("eval", Run, heads).Returns(2).Error);
    }

    string Folder => Path.Combine(Run, "evaluations", "again");

    void Train(params string[] sets) => Command.Here(["run", toy.Write("more.toml", TrainedToy.Text), "--out", Run,
        "--set", "steps=3", .. sets.SelectMany(set => (string[])["--set", set])]).Returns(0);

    Outcome Eval(string heads, params string[] more) =>
        Command.Here(["eval", Run, toy.Write("again.toml", heads), .. more]);

    string Weights(string arm) => Path.Combine(Run, "seed-0", arm, "model.safetensors");

    ArmOutcome Own(string arm) => FinishedRun.Read(Run).Outcomes.First(outcome => outcome.Arm == arm);

    static Contract.HeadOutcome Last(ArmOutcome outcome, string head) =>
        FinishedRun.Last(outcome).Single(found => found.Head == head);

    Dictionary<string, string> Hashes() => Directory.GetFiles(Run, "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("evaluations")).ToDictionary(file => file, FileHash.Of);
}
