using System.Globalization;
using System.Text.Json;
using Rils.Contract;
using Rils.Engine.Training;
using Rils.LayerDecay;
using Rils.Models;
using Rils.Scheduling;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.LayerDecay;

/// <summary>Layers and factors of a ViT's parameters are those of MAE's <c>param_groups_lrd</c>.</summary>
[Trait("Category", "Golden")]
public sealed class LayerDecayTests
{
    const double Tolerance = 1e-12;

    [Theory, MemberData(nameof(GoldenCases.Of), "finetune-optimizers", MemberType = typeof(GoldenCases))]
    public void Layers_rates_and_decays_are_those_of_MAE(string folder)
    {
        var golden = new GoldenCase(folder);
        var vit = new VitOptions { Depth = golden["depth"] };
        var asked = 0;
        foreach (var decay in golden.Json.GetProperty("factors").EnumerateObject())
            foreach (var parameter in decay.Value.EnumerateObject())
            {
                double Number(string key) => parameter.Value.GetProperty(key).GetDouble();
                var factors = LayerDecayRule.Of(
                    parameter.Name, vit, double.Parse(decay.Name, CultureInfo.InvariantCulture));
                Assert.Equal((int)Number("layer"), vit.LayerOf(parameter.Name));
                Assert.Equal(1, factors.LearningRate / Number("lr_scale"), Tolerance);
                Assert.Equal(Number("weight_decay"), golden.Number("weight_decay")
                    * factors.WeightDecay * DecayRule.Of(parameter.Name, Shape(parameter.Name)).WeightDecay, Tolerance);
                asked++;
            }
        Assert.True(asked > 100, $"{asked} parameters were compared");
    }

    [Theory, MemberData(nameof(GoldenCases.Of), "schedules", MemberType = typeof(GoldenCases))]
    public void The_factors_by_layer_are_those_of_MAE(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "schedules.json")));
        var expected = json.RootElement.GetProperty("layer_decay");
        var vit = new VitOptions { Depth = expected.GetProperty("depth").GetInt32() };
        string[] names = ["patch_embed.proj.weight",
            .. Enumerable.Range(0, vit.Depth).Select(block => $"blocks.{block}.attn.proj.weight"), "norm.weight"];
        Assert.Equal(expected.GetProperty("scales").GetArrayLength(), names.Length);
        foreach (var (name, scale) in names.Zip(expected.GetProperty("scales").EnumerateArray()))
            Assert.Equal(1, LayerDecayRule.Of(name, vit, expected.GetProperty("decay").GetDouble()).LearningRate
                / scale.GetDouble(), Tolerance);
    }

    /// <summary>MAE's models have neither; both come before the blocks, and registers are tokens.</summary>
    [Fact]
    public void Registers_and_a_norm_before_the_blocks_lie_in_the_lowest_layer()
    {
        var vit = new VitOptions { Depth = 2 };
        Assert.Equal(new(0.125, 0), LayerDecayRule.Of("register_tokens", vit, 0.5));
        Assert.Equal(new(0.125), LayerDecayRule.Of("norm_pre.weight", vit, 0.5));
    }

    /// <summary>The case gives names alone. MAE's models have one-dimensional biases and norms.</summary>
    static long[] Shape(string name) => name switch
    {
        "cls_token" or "pos_embed" => [1, 1, 8],
        _ when name.Contains("norm", StringComparison.Ordinal)
            || name.EndsWith("bias", StringComparison.Ordinal) => [8],
        _ => [8, 8],
    };

    [Fact]
    public void Every_parameter_of_a_ViT_lies_in_a_layer_and_its_text_tower_in_none()
    {
        var options = new VitOptions { Patch = 8, Width = 16, Depth = 3, Heads = 2 };
        using var vit = new Vit(options, 16);
        var (parts, rules) = (new Append<Trainable>("arm"), new Append<ParameterRule>("arm"));
        parts.Add(new("visual.", vit));
        LayerDecayRule.Append(new() { Factor = 0.5 }, options, new(parts), rules);
        var rule = Assert.Single(new Collected<ParameterRule>(rules));
        Assert.Equal([0.0625, 0.125, 0.25, 0.5, 1], vit.named_parameters()
            .Select(parameter => rule($"visual.{parameter.name}", parameter.parameter.shape).LearningRate)
            .Distinct().Order());
        Assert.Equal(new(0.0625, 0), rule("visual.cls_token", [1, 1, 16]));
        // A decoder's parameters have the backbone's prefix, too.
        foreach (var other in (string[])["visual.decoder_blocks.0.attn.qkv.weight", "visual.mask_token",
            "transformer.resblocks.0.attn.in_proj_weight", "image_projection"])
            Assert.Equal(new(), rule(other, [16, 16]));
    }
}
