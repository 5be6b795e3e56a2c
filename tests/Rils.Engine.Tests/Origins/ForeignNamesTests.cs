using Rils.Engine.Pretrained;
using Rils.Layers;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>The authors' weights under the names that other projects give the tensors still compute what the authors'
/// models compute.</summary>
[Trait("Category", "Golden")]
public sealed class ForeignNamesTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly IDisposable constant = no_grad();

    public void Dispose()
    {
        constant.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("state.model.")]
    public void The_authors_names_are_taken_behind_whatever_all_have_in_common(string before)
    {
        var parts = GoldenParts.Rils();
        var taken = parts.Take(parts.Weights.ToDictionary(pair => before + pair.Key, pair => pair.Value));
        AssertAll(parts);
        Assert.Equal((parts.Weights.Count, 0, 0), (taken.Taken.Count, taken.Left.Count, taken.Missing.Count));
        Assert.Equal(["backbone", "decoder", "text", "space"], taken.Parts);
        Assert.All(taken.Taken, tensor => Assert.Equal([before + tensor.Name], tensor.From));
    }

    [Fact]
    public void A_whole_part_is_found_beside_other_things()
    {
        var parts = GoldenParts.Rils();
        Dictionary<string, Tensor> weights = new(parts.Weights.Select(pair => KeyValuePair.Create($"student.{pair.Key}",
            pair.Value))) { ["step"] = zeros(1), ["student_norm.weight"] = zeros(3) };
        var taken = parts.Take(weights, new() { Parts = [InitModule.Backbone, InitModule.Text, InitModule.Decoder] });
        Assert.Equal(["backbone", "decoder", "text"], taken.Parts);
        Assert.Equal(["step", "student.image_projection", "student.logit_scale", "student.text_projection",
            "student_norm.weight"], taken.Left);
        foreach (var (name, value) in parts.Weights.ToArray()) weights.Add($"teacher.{name}", value);
        var twice = Assert.Throws<ArgumentException>(() => parts.Take(weights));
        Assert.StartsWith("[init]: backbone is there more than once, behind student.visual. and teacher.visual.: "
            + "keep one of them in the file", twice.Message);
    }

    /// <summary>MAE's published checkpoints use timm's names: no prefix, one fused bias.</summary>
    [Fact]
    public void Mae_checkpoints_are_taken_without_a_prefix()
    {
        var parts = GoldenParts.Mae();
        var weights = parts.Weights;
        Assert.Contains("blocks.0.attn.qkv.bias", weights.Keys);
        Assert.DoesNotContain(weights.Keys, name => name.StartsWith("visual."));
        weights.Add("head.weight", zeros(10, 4));
        weights.Add("head.bias", zeros(10));
        var taken = parts.Take(weights);
        parts.AssertPredictionsAreTheAuthors();
        Assert.Equal(["head.bias", "head.weight"], taken.Left);
        Assert.Contains(taken.Taken, tensor =>
            tensor is { Name: "visual.decoder_blocks.0.attn.qkv.bias", From: ["decoder_blocks.0.attn.qkv.bias"] });
    }

    /// <summary>timm's form of the authors' weights, with a key bias that is not zero: a softmax over keys cancels a
    /// key bias.</summary>
    [Theory]
    [InlineData(QkvBias.Qv)]
    [InlineData(QkvBias.Qkv)]
    public void Timms_fused_bias_becomes_ours_in_either_form_and_its_key_bias_changes_nothing(QkvBias bias)
    {
        var parts = GoldenParts.Rils(bias);
        var taken = parts.Take(Timm(parts.Weights, key: 3), new() { Parts = [InitModule.Backbone] });
        parts.Take(parts.Weights, new() { Parts = [InitModule.Space] });
        parts.AssertImagesAreTheAuthors();
        string[] from = ["blocks.1.attn.qkv.bias"];
        var names = bias == QkvBias.Qv ? new[] { "visual.blocks.1.attn.q_bias", "visual.blocks.1.attn.v_bias" }
            : ["visual.blocks.1.attn.qkv.bias"];
        Assert.All(names, name => Assert.Equal(from, taken.Taken.Single(tensor => tensor.Name == name).From));
        Assert.Equal(["head.weight"], taken.Left);
    }

    [Fact]
    public void Biases_of_queries_and_values_become_one_fused_bias()
    {
        var parts = GoldenParts.Rils(QkvBias.Qkv);
        var taken = parts.Take(parts.Weights);
        AssertAll(parts);
        Assert.Equal(0, parts.Vit.named_parameters()
            .Single(p => p.name == "blocks.0.attn.qkv.bias").parameter.narrow(0, 48, 48).abs().max().item<float>());
        Assert.Equal(["visual.blocks.0.attn.q_bias", "visual.blocks.0.attn.v_bias"],
            taken.Taken.Single(tensor => tensor.Name == "visual.blocks.0.attn.qkv.bias").From);
    }

    [Fact]
    public void Without_a_table_of_positions_the_fixed_one_stays_and_another_one_is_taken()
    {
        var parts = GoldenParts.Rils();
        var weights = Timm(parts.Weights, key: 0);
        weights.Remove("pos_embed");
        var taken = parts.Take(weights, new() { Parts = [InitModule.Backbone] });
        parts.Take(parts.Weights, new() { Parts = [InitModule.Space] });
        Assert.Equal(["visual.pos_embed"], taken.Missing);
        parts.AssertImagesAreTheAuthors();
        weights["pos_embed"] = ones(1, 17, 48);
        parts.Take(weights, new() { Parts = [InitModule.Backbone] });
        Assert.True(parts.Vit.named_buffers().Single().buffer.Equals(ones(1, 17, 48)));
    }

    /// <summary>Weights of images of another size have tables of another grid.</summary>
    [Fact]
    public void Tables_of_another_grid_are_fitted_and_told()
    {
        var parts = GoldenParts.Mae();
        var weights = parts.Weights;
        var (patches, width) = (parts.Vit.Patches.Grid.Count, parts.Vit.Shape.Width);
        weights["pos_embed"] = rand(1, 1 + 49, width);
        weights["decoder_pos_embed"] = rand(1, 1 + 49, weights["decoder_pos_embed"].shape[2]);
        var taken = parts.Take(weights);
        Assert.True(PositionTable.Fit(weights["pos_embed"], parts.Vit.Patches.Grid)
            .Equals(parts.Vit.named_buffers().Single().buffer));
        Assert.Equal([$"visual.pos_embed was fitted: pos_embed is [1, 50, {width}] there and "
            + $"[1, {1 + patches}, {width}] here"], taken.Notes.Where(note => !note.Contains("decoder")));
        Assert.StartsWith("visual.decoder_pos_embed was fitted: decoder_pos_embed is [1, 50, ",
            Assert.Single(taken.Notes, note => note.Contains("decoder")));
    }

    /// <summary>In weights of CLIP, as OpenAI and open_clip name them, the text side fits; the vision tower is another
    /// model.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Of_CLIP_the_text_side_is_taken(ScalarType type)
    {
        var parts = GoldenParts.Rils();
        var taken =
            parts.Take(parts.Weights.Where(pair => !pair.Key.StartsWith("visual.") && pair.Key != "image_projection")
            .Concat([new("visual.conv1.weight", zeros(8, 3, 8, 8)), new("visual.ln_pre.weight", ones(8)),
                new("visual.positional_embedding", ones(17, 8)), new("visual.proj", ones(8, 32)),
                new("visual.transformer.resblocks.0.ln_1.weight", ones(8))])
            .ToDictionary(pair => pair.Key, pair => pair.Value.to_type(type)));
        Assert.Equal(["text", "space"], taken.Parts);
        Assert.Equal(["image_projection"], taken.Missing);
        Assert.Equal(5, taken.Left.Count);
        Assert.StartsWith("backbone is not taken: its image encoder is CLIP's own (visual.conv1.weight)",
            Assert.Single(taken.Notes));
        if (type == ScalarType.Float32) parts.AssertTextsAreTheAuthors();
        foreach (var (name, parameter) in parts.Text.named_parameters())
            Assert.True(parts.Weights[name].to_type(type).to_type(ScalarType.Float32).Equals(parameter), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("clip.")]
    public void So_it_is_where_transformers_has_named_it(string before)
    {
        var parts = GoldenParts.Rils();
        var weights = Transformers(parts.Weights).Append(new("vision_model.pre_layrnorm.weight", ones(8)))
            .Append(new("text_model.embeddings.position_ids", arange(12)))
            .ToDictionary(pair => before + pair.Key, pair => pair.Value);
        var taken = parts.Take(weights);
        parts.AssertTextsAreTheAuthors();
        Assert.Equal(["text", "space"], taken.Parts);
        Assert.Equal([$"{before}text_model.embeddings.position_ids", $"{before}vision_model.pre_layrnorm.weight"],
            taken.Left);
        Assert.Contains("CLIP's own", Assert.Single(taken.Notes));
        Assert.Equal("qkv".Select(part => $"{before}text_model.encoder.layers.1.self_attn.{part}_proj.weight"),
            taken.Taken.Single(tensor => tensor.Name == "transformer.resblocks.1.attn.in_proj_weight").From);
    }

    /// <summary>The vision tower's tensors have the names of a text transformer's behind <c>visual.</c>. The engine
    /// must not take the tower for a text encoder.</summary>
    [Fact]
    public void CLIPs_vision_tower_alone_is_no_text_encoder()
    {
        var parts = GoldenParts.Rils();
        var tower = parts.Weights.Where(pair => pair.Key.StartsWith("transformer."))
            .ToDictionary(pair => $"visual.{pair.Key}", pair => pair.Value);
        tower["visual.conv1.weight"] = zeros(48, 3, 8, 8);
        var none = Assert.Throws<ArgumentException>(() => parts.Take(tower)).Message;
        Assert.StartsWith("[init]: nothing of FILE fits: "
            + "it has visual.conv1.weight, visual.transformer.resblocks.*, this arm ", none);
        Assert.Contains("; backbone is not taken: its image encoder is CLIP's own (visual.conv1.weight)", none);
    }

    static void AssertAll(GoldenParts parts)
    {
        parts.AssertImagesAreTheAuthors();
        parts.AssertTextsAreTheAuthors();
        parts.AssertPredictionsAreTheAuthors();
    }

    static Dictionary<string, Tensor> Timm(Dictionary<string, Tensor> weights, float key)
    {
        Dictionary<string, Tensor> timm = new() { ["head.weight"] = zeros(10, 48) };
        foreach (var (name, value) in weights.Where(pair => pair.Key.StartsWith("visual.")
            && !pair.Key.Contains("decoder_") && !pair.Key.Contains("mask_token")))
            if (name.EndsWith("q_bias"))
                timm[name["visual.".Length..].Replace("q_bias", "qkv.bias")] =
                    cat([value, full_like(value, key), weights[name.Replace("q_bias", "v_bias")]]);
            else if (!name.EndsWith("v_bias")) timm[name["visual.".Length..]] = value;
        return timm;
    }

    /// <summary>The tensors under the names of transformers, written out for two layers and so not by the code under
    /// test.</summary>
    static IEnumerable<KeyValuePair<string, Tensor>> Transformers(Dictionary<string, Tensor> weights)
    {
        yield return new("text_model.embeddings.token_embedding.weight", weights["token_embedding.weight"]);
        yield return new("text_model.embeddings.position_embedding.weight", weights["positional_embedding"]);
        yield return new("text_projection.weight", weights["text_projection"].t().contiguous());
        yield return new("logit_scale", weights["logit_scale"]);
        foreach (var end in (string[])["weight", "bias"])
        {
            yield return new($"text_model.final_layer_norm.{end}", weights[$"ln_final.{end}"]);
            for (var layer = 0; layer < 2; layer++)
            {
                var (to, from) = ($"text_model.encoder.layers.{layer}", $"transformer.resblocks.{layer}");
                var thirds = weights[$"{from}.attn.in_proj_{end}"].chunk(3);
                yield return new($"{to}.self_attn.q_proj.{end}", thirds[0]);
                yield return new($"{to}.self_attn.k_proj.{end}", thirds[1]);
                yield return new($"{to}.self_attn.v_proj.{end}", thirds[2]);
                yield return new($"{to}.self_attn.out_proj.{end}", weights[$"{from}.attn.out_proj.{end}"]);
                yield return new($"{to}.layer_norm1.{end}", weights[$"{from}.ln_1.{end}"]);
                yield return new($"{to}.layer_norm2.{end}", weights[$"{from}.ln_2.{end}"]);
                yield return new($"{to}.mlp.fc1.{end}", weights[$"{from}.mlp.c_fc.{end}"]);
                yield return new($"{to}.mlp.fc2.{end}", weights[$"{from}.mlp.c_proj.{end}"]);
            }
        }
    }
}
