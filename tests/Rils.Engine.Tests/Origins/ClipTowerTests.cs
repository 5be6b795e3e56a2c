using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>CLIP's image tower under the names that OpenAI, open_clip and transformers give it computes what the tower
/// computes, written out here in plain operations. The published files are not to be had here, so the weights are
/// drawn.</summary>
public sealed class ClipTowerTests : IDisposable
{
    const int Width = 24, Heads = 3, Depth = 2, Patch = 4, Side = 16, Dimensions = 10;

    static readonly VitOptions Clip = new()
    {
        Patch = Patch, Width = Width, Depth = Depth, Heads = Heads, QkvBias = QkvBias.Qkv, Pooling = Pooling.Class,
        Positions = Positions.Learned, Activation = Activation.Quickgelu, NormEps = 1e-5, PreNorm = true,
        PatchBias = false,
    };

    readonly DisposeScope scope = NewDisposeScope();
    readonly IDisposable constant = no_grad();
    readonly Dictionary<string, Tensor> tower = OpenAis();

    public void Dispose()
    {
        constant.Dispose();
        scope.Dispose();
    }

    public static TheoryData<bool, string, QkvBias> Spellings => new()
    {
        { false, "", QkvBias.Qkv }, { false, "module.", QkvBias.Qkv }, { false, "", QkvBias.Qv },
        { true, "", QkvBias.Qkv }, { true, "clip.", QkvBias.Qkv }, { true, "", QkvBias.Qv },
    };

    [Theory, MemberData(nameof(Spellings))]
    public void The_embeddings_are_those_of_the_plain_tower(bool transformers, string before, QkvBias bias)
    {
        var images = rand(3, 3, Side, Side) * 4 - 2;
        var (vit, space) = Parts(Clip with { QkvBias = bias });
        var taken = Take(Named(transformers, before), vit, space);
        GoldenAssert.Close(Plain(tower, images), space.ProjectImages(vit.Pool(vit.Encode(images))), 1e-5, "embeddings");
        Assert.Equal(["backbone", "space"], taken.Parts);
        Assert.Equal(transformers ? [$"{before}vision_model.embeddings.position_ids"] : [], taken.Left);
        Assert.Equal(["logit_scale"], taken.Missing);
        Assert.Equal([transformers ? $"{before}visual_projection.weight" : $"{before}visual.proj"],
            taken.Taken.Single(tensor => tensor.Name == "image_projection").From);
    }

    /// <summary>An independent form of the mask: the plain tower over some patches only.</summary>
    [Fact]
    public void So_are_those_of_visible_patches()
    {
        var images = rand(3, 3, Side, Side);
        var (vit, space) = Parts(Clip);
        Take(tower, vit, space);
        long[] visible = [9, 2, 14];
        var tokens = vit.EncodeVisible(images, tensor(visible).expand(3, 3).contiguous());
        GoldenAssert.Close(Plain(tower, images, visible), space.ProjectImages(vit.Pool(tokens)), 1e-5, "embeddings");
    }

    [Fact]
    public void Positions_of_another_grid_are_fitted_and_the_report_says_so()
    {
        tower["visual.positional_embedding"] = randn(1 + 36, Width);
        var (vit, space) = Parts(Clip);
        var taken = Take(tower, vit, space);
        GoldenAssert.Close(PositionTable.Fit(tower["visual.positional_embedding"], new(4, 4)),
            vit.get_parameter("pos_embed")!, 1e-6, "positions");
        Assert.Equal("visual.pos_embed was fitted: visual.positional_embedding is [37, 24] there and [1, 17, 24] here",
            Assert.Single(taken.Notes));
    }

    /// <summary>Beside the tower lies CLIP's text encoder, whose names are those of the tower without its
    /// prefix.</summary>
    [Fact]
    public void The_text_encoder_beside_it_is_not_taken_for_the_tower()
    {
        var whole = tower.Concat(GoldenParts.Rils().Weights.Where(pair => !pair.Key.StartsWith("visual.")
            && pair.Key != "image_projection")).ToDictionary();
        var (vit, space) = Parts(Clip);
        Take(whole, vit, space);
        GoldenAssert.Close(tower["visual.transformer.resblocks.1.mlp.c_fc.weight"],
            vit.get_parameter("blocks.1.mlp.fc1.weight")!, 0, "weights");
        foreach (var name in tower.Keys) whole.Remove(name);
        var refused = Assert.Throws<ArgumentException>(() => Take(whole, vit)).Message;
        Assert.StartsWith("[init]: nothing of FILE fits", refused);
    }

    public static TheoryData<string> Mismatches => ["pre_norm", "patch_bias", "layer_scale", "registers"];

    [Theory, MemberData(nameof(Mismatches))]
    public void Options_that_are_not_the_towers_are_told_with_those_that_are(string option)
    {
        var (vit, space) = Parts(option switch
        {
            "pre_norm" => Clip with { PreNorm = false },
            "patch_bias" => Clip with { PatchBias = true },
            "layer_scale" => Clip with { LayerScale = 1e-5 },
            _ => Clip with { Registers = 2 },
        });
        var refused = Assert.Throws<ArgumentException>(() => Take(tower, vit)).Message;
        Assert.Contains("backbone is not taken: its image encoder is CLIP's own (visual.class_embedding); "
            + "[backbone] kind = \"vit\" becomes it with pre_norm = true, patch_bias = false, no layer_scale and no "
            + "registers, and computes what it does with qkv_bias = \"qkv\", positions = \"learned\", "
            + "pooling = \"class\", norm_eps = 1e-5 and activation = \"quickgelu\" (\"gelu\" for some of open_clip's)",
            refused);
        // A projection without its tower would project what it does not know.
        Assert.Throws<ArgumentException>(() => Take(tower, vit, space));
    }

    [Fact]
    public void A_resnet_of_CLIPs_is_no_transformer()
    {
        Dictionary<string, Tensor> weights = new()
        {
            ["visual.conv1.weight"] = zeros(8, 3, 3, 3), ["visual.attnpool.q_proj.weight"] = zeros(8, 8),
        };
        Assert.Contains("its image encoder is CLIP's ResNet (visual.attnpool.q_proj.weight), no vision transformer",
            Assert.Throws<ArgumentException>(() => Take(weights, Parts(Clip).Item1)).Message);
    }

    [Fact]
    public void Another_width_is_told_with_both_shapes()
    {
        var (vit, _) = Parts(Clip with { Width = 48 });
        Assert.Contains("visual.blocks.0.attn.proj.bias is [24] there and [48] here",
            Assert.Throws<ArgumentException>(() => Take(tower, vit)).Message);
    }

    static (Vit, LinearSpace) Parts(VitOptions options)
    {
        var vit = new Vit(options, Side);
        var space = new LinearSpace(new() { Dim = Dimensions }, new(vit.Shape, null));
        vit.Initialize(RandomStream.Root(1));
        space.Initialize(RandomStream.Root(1));
        return (vit, space);
    }

    static TakenWeights Take(IReadOnlyDictionary<string, Tensor> weights, Vit vit, LinearSpace? space = null) =>
        GoldenParts.Rils().Take(weights, null,
            [new("visual.", vit), .. space is null ? Array.Empty<Trainable>() : [new("", space)]]);

    Dictionary<string, Tensor> Named(bool transformers, string before) =>
        (transformers ? Transformers(tower) : tower).ToDictionary(pair => before + pair.Key, pair => pair.Value);

    /// <summary>The tower's names and shapes as OpenAI and open_clip have them, with drawn values.</summary>
    static Dictionary<string, Tensor> OpenAis()
    {
        Dictionary<string, Tensor> made = new()
        {
            ["visual.class_embedding"] = randn(Width),
            ["visual.positional_embedding"] = randn(1 + Side / Patch * (Side / Patch), Width),
            ["visual.conv1.weight"] = randn(Width, 3, Patch, Patch) * 0.2,
            ["visual.proj"] = randn(Width, Dimensions),
        };
        void Norm(string name) => (made[$"{name}.weight"], made[$"{name}.bias"]) =
            (1 + randn(Width) * 0.3, randn(Width));
        void Linear(string weight, string bias, int outputs, int inputs) => (made[weight], made[bias]) =
            (randn(outputs, inputs) * 0.3, randn(outputs));
        Norm("visual.ln_pre");
        Norm("visual.ln_post");
        for (var layer = 0; layer < Depth; layer++)
        {
            var block = $"visual.transformer.resblocks.{layer}";
            Norm($"{block}.ln_1");
            Norm($"{block}.ln_2");
            Linear($"{block}.attn.in_proj_weight", $"{block}.attn.in_proj_bias", 3 * Width, Width);
            Linear($"{block}.attn.out_proj.weight", $"{block}.attn.out_proj.bias", Width, Width);
            Linear($"{block}.mlp.c_fc.weight", $"{block}.mlp.c_fc.bias", 4 * Width, Width);
            Linear($"{block}.mlp.c_proj.weight", $"{block}.mlp.c_proj.bias", Width, 4 * Width);
        }
        return made;
    }

    /// <summary>The same tensors under the names of transformers, written out and so not by the code under
    /// test.</summary>
    static Dictionary<string, Tensor> Transformers(Dictionary<string, Tensor> from)
    {
        Dictionary<string, Tensor> made = new()
        {
            ["vision_model.embeddings.class_embedding"] = from["visual.class_embedding"],
            ["vision_model.embeddings.patch_embedding.weight"] = from["visual.conv1.weight"],
            ["vision_model.embeddings.position_embedding.weight"] = from["visual.positional_embedding"],
            ["vision_model.embeddings.position_ids"] = arange(17).unsqueeze(0),
            ["visual_projection.weight"] = from["visual.proj"].t().contiguous(),
        };
        foreach (var end in (string[])["weight", "bias"])
        {
            made[$"vision_model.pre_layrnorm.{end}"] = from[$"visual.ln_pre.{end}"];
            made[$"vision_model.post_layernorm.{end}"] = from[$"visual.ln_post.{end}"];
            for (var layer = 0; layer < Depth; layer++)
            {
                var (to, block) = ($"vision_model.encoder.layers.{layer}", $"visual.transformer.resblocks.{layer}");
                var thirds = from[$"{block}.attn.in_proj_{end}"].chunk(3);
                made[$"{to}.self_attn.q_proj.{end}"] = thirds[0];
                made[$"{to}.self_attn.k_proj.{end}"] = thirds[1];
                made[$"{to}.self_attn.v_proj.{end}"] = thirds[2];
                made[$"{to}.self_attn.out_proj.{end}"] = from[$"{block}.attn.out_proj.{end}"];
                made[$"{to}.layer_norm1.{end}"] = from[$"{block}.ln_1.{end}"];
                made[$"{to}.layer_norm2.{end}"] = from[$"{block}.ln_2.{end}"];
                made[$"{to}.mlp.fc1.{end}"] = from[$"{block}.mlp.c_fc.{end}"];
                made[$"{to}.mlp.fc2.{end}"] = from[$"{block}.mlp.c_proj.{end}"];
            }
        }
        return made;
    }

    /// <summary>CLIP's image tower in plain operations, head by head: <c>[batch, dimensions]</c>.</summary>
    /// <param name="w">The weights under OpenAI's names.</param>
    /// <param name="images"><c>[batch, 3, side, side]</c>.</param>
    /// <param name="visible">The patches that go through the blocks; null for all.</param>
    static Tensor Plain(Dictionary<string, Tensor> w, Tensor images, long[]? visible = null)
    {
        var patches = nn.functional.conv2d(images, w["visual.conv1.weight"], strides: [Patch, Patch])
            .flatten(2).transpose(1, 2);
        var first = w["visual.class_embedding"].expand(images.shape[0], 1, Width);
        var x = cat([first, patches], 1) + w["visual.positional_embedding"];
        if (visible is not null) x = x.index_select(1, tensor([0, .. visible.Select(number => number + 1)]));
        x = Norm("visual.ln_pre", x);
        for (var layer = 0; layer < Depth; layer++)
        {
            var block = $"visual.transformer.resblocks.{layer}";
            x = x + Attention(block, Norm($"{block}.ln_1", x));
            var inner = Linear($"{block}.mlp.c_fc", Norm($"{block}.ln_2", x));
            x = x + Linear($"{block}.mlp.c_proj", inner / (1 + (-1.702 * inner).exp()));
        }
        return Norm("visual.ln_post", x[.., 0]).matmul(w["visual.proj"]);

        Tensor Norm(string name, Tensor input)
        {
            var centred = input - input.mean([-1L], keepdim: true);
            var unit = centred / (centred.square().mean([-1L], keepdim: true) + 1e-5).sqrt();
            return unit * w[$"{name}.weight"] + w[$"{name}.bias"];
        }

        Tensor Linear(string name, Tensor input) => input.matmul(w[$"{name}.weight"].t()) + w[$"{name}.bias"];

        Tensor Attention(string block, Tensor input)
        {
            var thirds = (input.matmul(w[$"{block}.attn.in_proj_weight"].t()) + w[$"{block}.attn.in_proj_bias"])
                .chunk(3, -1);
            const int Size = Width / Heads;
            var mixed = Enumerable.Range(0, Heads).Select(head =>
            {
                var own = thirds.Select(third => third.narrow(-1, head * Size, Size)).ToArray();
                return (own[0].matmul(own[1].transpose(1, 2)) / Math.Sqrt(Size)).softmax(-1).matmul(own[2]);
            });
            return Linear($"{block}.attn.out_proj", cat([.. mixed], -1));
        }
    }
}
