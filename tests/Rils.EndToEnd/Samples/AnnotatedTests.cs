using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Samples;

/// <summary>Samples with several captions, a class and a box, in training: batches, pairing, resuming,
/// mistakes.</summary>
public sealed class AnnotatedTests : IDisposable
{
    const string Locate = """
        [[arm]]
        name      = "locate"
        objective = [{ kind = "locate" }]
        """;

    static readonly PluginRegistry registry = PluginRegistry.Of(
        ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
        ("Space", new Models.LinearSpacePlugin()), ("Contrastive", new Contrastive.ContrastivePlugin()),
        ("AdamW", new AdamW.AdamWPlugin()), ("Schedules", new Schedules.SchedulesPlugin()),
        ("WebDataset", new WebDataset.WebDatasetPlugin()), ("Bpe", new Bpe.BpePlugin()),
        ("Imaging", new Imaging.ImagingPlugin()), ("Retrieval", new Retrieval.RetrievalPlugin()),
        ("Annotated", new AnnotatedPlugin()));

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void An_arm_trains_on_classes_and_boxes_to_the_same_bytes_alone_beside_others_and_resumed()
    {
        var alone = Run("alone", [Locate], kind: "annotated");
        var beside = Run("beside", [TinyExperiment.Clip, Locate], kind: "annotated");
        Assert.Equal(TinyExperiment.Weights(alone, "locate"), TinyExperiment.Weights(beside, "locate"));
        using var stop = new CancellationTokenSource();
        Run("stopped", [TinyExperiment.Clip, Locate], new CallbackSink(_ => stop.Cancel()), stop.Token,
            "annotated");
        var resumed = Run("stopped", [TinyExperiment.Clip, Locate], kind: "annotated");
        foreach (var arm in (string[])["clip", "locate"])
            Assert.Equal(TinyExperiment.Weights(beside, arm), TinyExperiment.Weights(resumed, arm));
        Assert.Equal(TinyExperiment.Metrics(beside, "locate"), TinyExperiment.Metrics(resumed, "locate"));
    }

    [Fact]
    public void Another_caption_is_drawn_and_labels_boxes_and_crops_stay_as_they_are()
    {
        var plain = Run("plain", [TinyExperiment.Clip]);
        var several = Run("several", [TinyExperiment.Clip], kind: "annotated");
        var beside = Run("beside", [Locate, TinyExperiment.Clip], kind: "annotated");
        Assert.NotEqual(TinyExperiment.Weights(plain, "clip"), TinyExperiment.Weights(several, "clip"));
        Assert.Equal(TinyExperiment.Weights(several, "clip"), TinyExperiment.Weights(beside, "clip"));
    }

    [Fact]
    public void A_component_that_the_source_does_not_give_is_a_mistake_of_the_file()
    {
        var refused = Assert.Throws<ExperimentException>(() => Load([Locate]).Dispose());
        Assert.Contains("centres.prepare of Annotated reads the list of boxes of each sample, and "
            + "kind = \"webdataset\" gives a caption, a class: take a source that gives it, or drop "
            + "what reads it", refused.Message);
    }

    /// <summary>The ids of equal tokenizers are made once; another vocabulary changes only its own arm.</summary>
    [Fact]
    public void An_arms_tokenizer_is_its_own()
    {
        var words = Directory.GetFiles(Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini"),
            "bpe-*.txt").Single();
        var fewer = tiny["fewer.txt"];
        File.WriteAllLines(fewer, File.ReadLines(words).Take(300));
        string Arm(string name, string file) => $"[[arm]]\nname = \"{name}\"\n"
            + $"text = {{ tokenizer = {{ kind = \"bpe\", vocabulary = \"{file}\" }} }}";
        string[] arms = [TinyExperiment.Clip, Arm("same", words), Arm("fewer", fewer)];
        var run = Run("run", arms);
        Assert.Equal(TinyExperiment.Weights(Run("alone", [TinyExperiment.Clip]), "clip"),
            TinyExperiment.Weights(run, "clip"));
        Assert.Equal(TinyExperiment.Weights(run, "clip"), TinyExperiment.Weights(run, "same"));
        using var scope = NewDisposeScope();
        long Ids(string arm) => SafeTensors.Read(Path.Combine(run, "seed-0", arm, "model.safetensors"))
            ["token_embedding.weight"].shape[0];
        Assert.True(Ids("fewer") < Ids("same"));
        var resolved = File.ReadAllText(Path.Combine(run, RunFolder.ExperimentFile));
        Assert.Contains("fewer.txt", resolved);
        using var stop = new CancellationTokenSource();
        Run("stopped", arms, new CallbackSink(_ => stop.Cancel()), stop.Token);
        Assert.Equal(TinyExperiment.Weights(run, "fewer"), TinyExperiment.Weights(Run("stopped", arms), "fewer"));
    }

    [Fact]
    public void Without_a_tokenizer_of_the_data_the_arms_own_is_enough()
    {
        var words = Directory.GetFiles(Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini"),
            "bpe-*.txt").Single();
        var own = $"text = {{ tokenizer = {{ kind = \"bpe\", vocabulary = \"{words}\" }} }}";
        Load([$"[[arm]]\nname = \"own\"\n{own}"], "webdataset", "data.tokenizer=none").Dispose();
        var refused = Assert.Throws<ExperimentException>(() => Load(
            [$"[[arm]]\nname = \"own\"\n{own}", "[[arm]]\nname = \"none\""], "webdataset",
            "data.tokenizer=none").Dispose());
        Assert.Contains("arm none reads captions, and the data has no [data.tokenizer]", refused.Message);
        Assert.DoesNotContain("arm own", refused.Message);
        refused = Assert.Throws<ExperimentException>(() => Load(
            [$"[[arm]]\nname = \"own\"\n{own.Replace("\"bpe\"", "\"wordpiece\"")}"]).Dispose());
        Assert.Contains("unknown kind `wordpiece` in [text.tokenizer]", refused.Message);
    }

    [Fact]
    public void A_heads_data_may_have_a_kind_of_their_own()
    {
        var data = Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini");
        string Head(string value) => $"[[head]]\nkind = \"keys\"\ndata = {value}\n";
        using var experiment = Load([TinyExperiment.Clip, TinyExperiment.Retrieval.Replace($"\"{data}/val-*.tar\"",
            $"{{ kind = \"annotated\", path = \"{data}/val-*.tar\" }}")]);
        Assert.Equal($"{data}/val-*.tar (kind = \"annotated\")", Assert.Single(experiment.EvaluationData.Keys));
        Assert.Equal(3, experiment.EvaluationData.Values.Single().Source
            .Read(0, new HashSet<Type> { typeof(Captions) }).Find<Captions>()!.Texts.Count);
        var refused = Assert.Throws<ExperimentException>(() => Load(
            [TinyExperiment.Clip, Head("{ kind = \"webdataset\" }").Replace("keys", "retrieval")]).Dispose());
        Assert.Contains("missing key `path` in `data` of [[head]]: the path of the data", refused.Message);
    }

    Experiment Load(string[] arms) => Load(arms, "webdataset");

    Experiment Load(string[] arms, string kind, params string[] sets)
    {
        var file = tiny.Write(arms);
        File.WriteAllText(file, File.ReadAllText(file).Replace("kind  = \"webdataset\"", $"kind  = \"{kind}\""));
        return new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, ["checkpoint.every=5", "steps=24", .. sets]);
    }

    string Run(string name, string[] arms, ISink? sink = null, CancellationToken cancellation = default,
        string kind = "webdataset")
    {
        using var experiment = Load(arms, kind, []);
        using var folder = Directory.Exists(tiny[name]) ? RunFolder.Open(tiny[name]) : RunFolder.Create(tiny[name]);
        Assert.All(TestRun.Of(experiment, new PluginSet([], registry), folder, sink, cancellation),
            outcome => Assert.Null(outcome.Failure));
        return tiny[name];
    }
}
