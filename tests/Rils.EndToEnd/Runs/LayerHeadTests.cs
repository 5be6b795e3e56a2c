using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Tests.Contracts;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Runs;

/// <summary>Heads that judge the features of one layer, in real runs, and the arms that have no such layer.</summary>
public sealed class LayerHeadTests : IDisposable
{
    static readonly string data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    static string Head(string kind, string name, string more = "") =>
        $"[[head]]\nkind = \"{kind}\"\nname = \"{name}\"\ntrain = \"{data}/train-000.tar\"\n"
        + $"data = \"{data}/val-*.tar\"\n{more}";

    const string Residual = """
        [[arm]]
        name     = "resnet"
        backbone = { kind = "resnet", depth = 18 }
        """;

    [Fact]
    public void The_last_layer_has_the_results_of_the_whole_backbone_and_an_earlier_one_has_others()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip, Head("knn", "whole"), Head("knn", "last", "layer = 2"),
            Head("knn", "first", "layer = 1"), Head("linear", "linear-first", "layer = 1\nl2 = [1e-2]")),
            sets: "steps=3");
        var results = Results(run);
        Assert.Equal(results["whole"], results["last"]);
        Assert.NotEqual(results["whole"], results["first"]);
        Assert.Matches("\"training_samples\":[^,}]*435", results["linear-first"]);
    }

    [Fact]
    public void A_stage_of_a_residual_network_is_a_layer()
    {
        var run = tiny.Run(tiny.Write(Residual, Head("knn", "whole"), Head("knn", "last", "layer = 4"),
            Head("knn", "first", "layer = 1")), sets: "steps=3");
        var results = Results(run);
        Assert.Equal(results["whole"], results["last"]);
        Assert.NotEqual(results["whole"], results["first"]);
    }

    [Fact]
    public void A_layer_that_an_arm_lacks_is_a_mistake_of_the_file()
    {
        var refused = Assert.Throws<ExperimentException>(() => Load(
            TinyExperiment.Clip, Residual, Head("knn", "probe", "layer = 3"), Head("linear", "deep", "layer = 5")));
        Assert.Equal(
        [
            "head probe reads the features of layer 3 of arm clip, whose [backbone] of kind vit has the layers 1 to 2: "
                + "give a `layer` of these",
            "head deep reads the features of layer 5 of arm clip, whose [backbone] of kind vit has the layers 1 to 2: "
                + "give a `layer` of these",
            "head deep reads the features of layer 5 of arm resnet, whose [backbone] of kind resnet has the layers "
                + "1 to 4: give a `layer` of these",
        ], refused.Problems.Select(problem => problem.Message));
        Assert.All(refused.Problems, problem => Assert.Equal(9, problem.At.Column));
        Assert.Contains("`layer` in [[head]] is 0", Assert.Throws<ExperimentException>(() => Load(
            TinyExperiment.Clip, Head("knn", "probe", "layer = 0"))).Message);
    }

    sealed class Reader : IHead
    {
        public IReadOnlyList<int> Layers => [1];

        public void Begin(ArmModel model) { }

        public void Add(EvaluationBatch batch) { }

        public HeadResult Finish() => throw new NotSupportedException();
    }

    sealed class Plain : Backbone
    {
        public Plain() : base("plain") => RegisterComponents();

        public override BackboneShape Shape => new(3);

        public override TorchSharp.torch.Tensor Features(TorchSharp.torch.Tensor images) => images.mean([2L, 3L]);

        public override void Initialize(RandomStream random) { }

        public override long Flops => 0;
    }

    [Fact]
    public void A_backbone_without_layers_is_a_mistake_of_the_file_with_those_that_have_some()
    {
        using var strange = new StrangeExperiment();
        var refused = Assert.Throws<ExperimentException>(() => strange.Load(
            rils => rils.Backbone<StrangePlugin.None, Plain>("plain", static (_, _) => new Plain())
                .Head<StrangePlugin.None>("reader", static (_, _) => new Reader()),
            strange.Tiny.Write("[[arm]]\nname = \"odd\"\nbackbone = { kind = \"plain\" }", TinyExperiment.Clip,
                $"[[head]]\nkind = \"reader\"\ndata = \"{data}/val-*.tar\"")));
        Assert.EndsWith("head reader reads the features of layer 1 of arm odd, which lacks [backbone] that gives "
            + "features by layer (kinds: vit/vit): take such a backbone, or drop `layer`",
            Assert.Single(refused.Problems).Message);
    }

    void Load(params string[] arms) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arms), []).Dispose();

    /// <summary>The findings of each head over the run, without its name.</summary>
    static Dictionary<string, string> Results(string run)
    {
        var outcome = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "seed-0", "outcome.json")))!;
        List<JsonObject> found = [];
        Collect(outcome);
        Assert.NotEmpty(found);
        return found.GroupBy(entry => entry["head"]!.GetValue<string>()).ToDictionary(head => head.Key,
            head => string.Join('\n', head.Select(entry => entry["metrics"]!.ToJsonString())));

        void Collect(JsonNode? node)
        {
            if (node is JsonObject entry && entry.ContainsKey("head") && entry.ContainsKey("metrics")) found.Add(entry);
            else if (node is JsonObject container) foreach (var (_, value) in container) Collect(value);
            else if (node is JsonArray list) foreach (var value in list) Collect(value);
        }
    }
}
