using Rils.Engine.Pretrained;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>The engine refuses weights that do not fit before anything is trained, and takes none of their
/// tensors.</summary>
public sealed class TakingMistakesTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();
    readonly GoldenParts parts = GoldenParts.Rils();
    readonly Dictionary<string, Tensor> weights;

    public TakingMistakesTests() => weights = parts.Weights;

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Other_shapes_are_told_together_with_both_and_nothing_is_copied()
    {
        weights["positional_embedding"] = zeros(77, 32);
        weights["visual.pos_embed"] = zeros(1, 197, 32);
        var before = parts.Space.ProjectImages(ones(1, 48));
        var message = Refused();
        Assert.Contains("[init]: text of FILE has other shapes: positional_embedding is [77, 32] there and [12, 32] "
            + "here; make this arm's [text] like the one that they come from, "
            + "or leave it out: parts = [\"backbone\", \"decoder\", \"space\"]", message);
        Assert.Contains("[init]: backbone of FILE has other shapes: "
            + "visual.pos_embed is [1, 197, 32] there and [1, 17, 48] here; ", message);
        Assert.True(before.Equals(parts.Space.ProjectImages(ones(1, 48))));
    }

    [Fact]
    public void Many_shapes_are_told_in_part()
    {
        foreach (var name in weights.Keys.Where(name => name.StartsWith("visual.blocks.")).ToArray())
            weights[name] = zeros(1);
        Assert.Contains("visual.blocks.0.attn.proj.bias is [1] there and [48] here, ", Refused());
        Assert.Contains(", 20 more; make this arm's [backbone]", Refused());
    }

    [Fact]
    public void Shapes_of_which_a_tensor_cannot_be_made_are_told()
    {
        foreach (var layer in (int[])[0, 1])
        {
            weights.Remove($"visual.blocks.{layer}.attn.q_bias");
            weights.Remove($"visual.blocks.{layer}.attn.v_bias");
            weights[$"visual.blocks.{layer}.attn.qkv.bias"] = zeros([]);
        }
        Assert.Contains("visual.blocks.0.attn.q_bias is [] there and [48] here, ", Refused());
    }

    /// <summary>A timm classifier that pools has another last norm.</summary>
    [Fact]
    public void A_part_that_is_only_half_there_is_told_with_what_is_missing_and_what_is_left()
    {
        foreach (var end in (string[])["weight", "bias"])
        {
            weights[$"visual.fc_norm.{end}"] = weights[$"visual.norm.{end}"];
            weights.Remove($"visual.norm.{end}");
        }
        Assert.Contains("[init]: FILE has backbone in part only: 30 tensors are there, 2 are missing: "
            + "visual.norm.bias, visual.norm.weight; left in it: visual.fc_norm.*, "
            + "or leave it out: parts = [\"decoder\", \"text\", \"space\"]", Refused());
    }

    [Fact]
    public void A_part_that_is_asked_for_and_not_there_is_told()
    {
        var text = weights.Where(pair => !pair.Key.StartsWith("visual.")).ToDictionary();
        Assert.Contains("[init]: FILE has nothing of backbone, which is asked for: it has image_projection, "
            + "ln_final.*, ", Refused(text, new() { Parts = [InitModule.Backbone, InitModule.Text] }));
        Assert.Contains("[init]: FILE has nothing of backbone, which is asked for",
            Refused(text, new() { Freeze = [InitModule.Backbone] }));
        text["visual.conv1.weight"] = zeros(48, 3, 8, 8);
        Assert.Contains("; backbone is not taken: its image encoder is CLIP's own (visual.conv1.weight); ",
            Refused(text, new() { Parts = [InitModule.Backbone, InitModule.Text] }));
    }

    [Fact]
    public void What_was_only_drawn_is_not_frozen()
    {
        weights.Remove("image_projection");
        Assert.Contains("[init]: space is frozen, but FILE has not all of it, "
            + "and what was only drawn would stay as it is: image_projection; take space out of `freeze`",
            Refused(weights, new() { Freeze = [InitModule.Space] }));
        weights.Remove("visual.pos_embed"); // the positions are fixed and not drawn
        Assert.Equal(["backbone"], parts.Take(weights, new() { Freeze = [InitModule.Backbone] }).Frozen);
    }

    [Fact]
    public void Weights_of_something_else_are_told_with_names_of_both()
    {
        var message = Refused(new Dictionary<string, Tensor> { ["encoder.a.weight"] = zeros(1),
            ["encoder.b.weight"] = zeros(1) });
        Assert.Equal("[init]: nothing of FILE fits: "
            + "it has encoder.a.weight, encoder.b.weight, this arm image_projection, ln_final.*, logit_scale, "
            + "positional_embedding, text_projection, token_embedding.weight, 12 more", message);
    }

    string Refused() => Refused(weights, new());

    string Refused(IReadOnlyDictionary<string, Tensor> given, InitOptions? options = null) =>
        Assert.Throws<ArgumentException>(() => parts.Take(given, options)).Message;
}
