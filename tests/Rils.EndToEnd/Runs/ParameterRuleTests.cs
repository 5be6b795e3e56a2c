using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using Rils.Tests.Contracts;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Runs;

/// <summary>Learning rates by parameter: a stranger's rule, and layer-wise decay.</summary>
public sealed class ParameterRuleTests : IDisposable
{
    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    sealed record SlowOptions
    {
        /// <summary>Factor on the learning rate of the text encoder.</summary>
        public double Text { get; init; }
    }

    static void Configure(IRilsBuilder rils) => rils.Component<SlowOptions>("slow")
        .System(Stage.Setup, "slow.rule", Slow)
        .Backbone<NormedOptions, NormedBackbone>(
            "normed", static (options, context) => new NormedBackbone(options, context));

    static void Slow(in SlowOptions options, Append<ParameterRule> rules)
    {
        var factor = options.Text;
        rules.Add((name, _) => new(LearningRate:
            name.StartsWith("transformer.", StringComparison.Ordinal) ? factor : 1));
    }

    [Fact]
    public void A_plugins_rule_of_factor_0_holds_the_text_encoder_as_it_was_drawn()
    {
        using var scope = NewDisposeScope();
        var arm = $"{TinyExperiment.Clip}\nslow = {{ text = 0 }}";
        var (three, six) = (Trained("three", arm, "steps=3"), Trained("six", arm, "steps=6"));
        var plain = Trained("plain", TinyExperiment.Clip, "steps=6");
        bool Same(string name, Dictionary<string, Tensor> other) => three[name].bytes.SequenceEqual(other[name].bytes);
        string[] text = [.. three.Keys.Where(name => name.StartsWith("transformer.", StringComparison.Ordinal))];
        Assert.NotEmpty(text);
        Assert.All(text, name => Assert.True(Same(name, six), name));
        Assert.Contains(text, name => !Same(name, plain));
        Assert.False(Same("visual.blocks.0.attn.qkv.weight", six));
    }

    [Fact]
    public void A_rule_of_factor_1_changes_no_byte()
    {
        using var scope = NewDisposeScope();
        var (ruled, plain) = (Trained("ruled", $"{TinyExperiment.Clip}\nslow = {{ text = 1 }}", "steps=6"),
            Trained("plain", TinyExperiment.Clip, "steps=6"));
        Assert.All(plain, tensor => Assert.True(tensor.Value.bytes.SequenceEqual(ruled[tensor.Key].bytes), tensor.Key));
    }

    [Fact]
    public void Layer_decay_of_a_backbone_without_layers_is_a_mistake_of_the_file()
    {
        var file = strange.Tiny.Write(
            $"{TinyExperiment.Clip}\nbackbone = {{ kind = \"normed\" }}\nlayer_decay = {{ factor = 0.65 }}");
        var line = File.ReadAllLines(file).Index().Single(line => line.Item.StartsWith("layer_decay")).Index + 1;
        var refused = Assert.Throws<ExperimentException>(() => strange.Load(Configure, file).Experiment.Dispose());
        Assert.Equal($"{file}:{line}:15: [layer_decay] of kind layer_decay cannot work in arm clip, which lacks "
            + "[backbone] kind = \"vit\": add it, or drop this by layer_decay = \"none\" in the arm",
            Assert.Single(refused.Problems).ToString());
    }

    Dictionary<string, Tensor> Trained(string folder, string arm, params string[] sets)
    {
        var outcome = Assert.Single(strange.Run(folder, Configure, strange.Tiny.Write(arm), null, default, sets));
        Assert.Null(outcome.Failure);
        return SafeTensors.Read(Path.Combine(strange.Tiny[folder], "seed-0", "clip", "model.safetensors"));
    }
}
