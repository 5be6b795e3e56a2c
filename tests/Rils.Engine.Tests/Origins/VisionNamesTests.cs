using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>Vision transformers under timm's and DINOv2's names, with drawn weights, against a plain forward pass. The
/// published files are not to be had here.</summary>
public sealed class VisionNamesTests : IDisposable
{
    const int Width = 24, Heads = 3, Depth = 2, Patch = 4, Side = 16;

    static readonly VitOptions Timm = new()
    {
        Patch = Patch, Width = Width, Depth = Depth, Heads = Heads, QkvBias = QkvBias.Qkv, Pooling = Pooling.Class,
        Positions = Positions.Learned,
    };

    static readonly VitOptions Dino = Timm with { LayerScale = 1e-5, Registers = 4 };

    readonly DisposeScope scope = NewDisposeScope();
    readonly IDisposable constant = no_grad();

    public void Dispose()
    {
        constant.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_class_token_is_that_of_the_plain_model(bool dino)
    {
        var weights = Drawn(dino, Side / Patch);
        if (dino) weights["mask_token"] = zeros(1, Width);
        else (weights["head.weight"], weights["head.bias"]) = (zeros(10, Width), zeros(10));
        var images = rand(3, 3, Side, Side) * 4 - 2;
        var vit = Made(dino ? Dino : Timm);
        var taken = Take(weights, vit);
        GoldenAssert.Close(Plain(weights, images), vit.Pool(vit.Encode(images)), 1e-5, "class tokens");
        Assert.Equal(dino ? ["mask_token"] : ["head.bias", "head.weight"], taken.Left);
        Assert.Empty(taken.Missing);
        Assert.Empty(taken.Notes);
    }

    /// <summary>DINOv2 was trained on 37 x 37 patches. The plain model gets the table that the authors of MAE would
    /// make of it, which golden data holds for other grids.</summary>
    [Fact]
    public void A_table_of_37_x_37_patches_is_fitted()
    {
        var weights = Drawn(isDino: true, 37);
        var images = rand(2, 3, Side, Side);
        var vit = Made(Dino);
        var taken = Take(weights, vit);
        weights["pos_embed"] = PositionTable.Fit(weights["pos_embed"], new(4, 4));
        GoldenAssert.Close(Plain(weights, images), vit.Pool(vit.Encode(images)), 1e-5, "class tokens");
        Assert.Equal("visual.pos_embed was fitted: pos_embed is [1, 1370, 24] there and [1, 17, 24] here",
            Assert.Single(taken.Notes));
    }

    /// <summary>A fixed table takes the values of a file's table, too.</summary>
    [Fact]
    public void A_fixed_table_takes_a_learned_one_and_learned_positions_need_one()
    {
        var weights = Drawn(isDino: false, 7);
        var vit = Made(Timm with { Positions = Positions.Sincos });
        Take(weights, vit);
        GoldenAssert.Close(PositionTable.Fit(weights["pos_embed"], new(4, 4)),
            vit.named_buffers().Single().buffer, 1e-6, "positions");
        weights.Remove("pos_embed");
        Assert.Contains("[init]: FILE has backbone in part only: 29 tensors are there, 1 are missing: "
            + "visual.pos_embed; ",
            Assert.Throws<ArgumentException>(() => Take(weights, Made(Timm))).Message);
    }

    public static TheoryData<string, string> Mismatches => new()
    {
        { "layer_scale", "no layer_scale" }, { "registers", "no registers" }, { "pre_norm", "pre_norm = false" },
        { "patch_bias", "patch_bias = true" },
    };

    [Theory, MemberData(nameof(Mismatches))]
    public void Options_that_are_not_the_files_are_told_with_those_that_are(string option, string fix)
    {
        var vit = Made(option switch
        {
            "layer_scale" => Timm with { LayerScale = 1e-5 },
            "registers" => Timm with { Registers = 2 },
            "pre_norm" => Timm with { PreNorm = true },
            _ => Timm with { PatchBias = false },
        });
        Assert.Equal("[init]: FILE does not fit: backbone is not taken: the vision transformer there is another one; "
            + $"[backbone] kind = \"vit\" becomes it with {fix}", Refused(Drawn(isDino: false, 4), vit));
    }

    /// <summary>Without an error the run would go on with another model than the file's.</summary>
    [Fact]
    public void What_this_arm_has_no_place_for_is_told_with_the_options_that_have()
    {
        var weights = Drawn(isDino: true, 4);
        weights["norm_pre.weight"] = weights["norm_pre.bias"] = ones(Width);
        Assert.Equal("[init]: FILE does not fit: backbone is not taken: the vision transformer there is another one; "
            + "[backbone] kind = \"vit\" becomes it with pre_norm = true and a layer_scale, 1e-5 say and registers, "
            + "as many as register_tokens has rows", Refused(weights, Made(Timm)));
    }

    [Fact]
    public void Another_number_of_registers_is_told_with_both_shapes() => Assert.Contains(
        "visual.register_tokens is [1, 4, 24] there and [1, 3, 24] here; make this arm's [backbone] like the one",
        Refused(Drawn(isDino: true, 4), Made(Dino with { Registers = 3 })));

    static Vit Made(VitOptions options)
    {
        var vit = new Vit(options, Side);
        vit.Initialize(RandomStream.Root(1));
        return vit;
    }

    static TakenWeights Take(Dictionary<string, Tensor> weights, Vit vit) =>
        GoldenParts.Rils().Take(weights, null, new Trainable("visual.", vit));

    static string Refused(Dictionary<string, Tensor> weights, Vit vit) =>
        Assert.Throws<ArgumentException>(() => Take(weights, vit)).Message;

    /// <summary>Drawn weights under timm's names; DINOv2 adds gains of branches and registers.</summary>
    static Dictionary<string, Tensor> Drawn(bool isDino, int grid)
    {
        Dictionary<string, Tensor> made = new()
        {
            ["cls_token"] = randn(1, 1, Width),
            ["pos_embed"] = randn(1, 1 + grid * grid, Width),
            ["patch_embed.proj.weight"] = randn(Width, 3, Patch, Patch) * 0.2,
            ["patch_embed.proj.bias"] = randn(Width),
        };
        if (isDino) made["register_tokens"] = randn(1, 4, Width);
        void Norm(string name) => (made[$"{name}.weight"], made[$"{name}.bias"]) =
            (1 + randn(Width) * 0.3, randn(Width));
        void Linear(string name, int outputs, int inputs) => (made[$"{name}.weight"], made[$"{name}.bias"]) =
            (randn(outputs, inputs) * 0.3, randn(outputs));
        for (var layer = 0; layer < Depth; layer++)
        {
            var block = $"blocks.{layer}";
            Norm($"{block}.norm1");
            Norm($"{block}.norm2");
            Linear($"{block}.attn.qkv", 3 * Width, Width);
            Linear($"{block}.attn.proj", Width, Width);
            Linear($"{block}.mlp.fc1", 4 * Width, Width);
            Linear($"{block}.mlp.fc2", Width, 4 * Width);
            if (!isDino) continue;
            (made[$"{block}.ls1.gamma"], made[$"{block}.ls2.gamma"]) = (randn(Width), randn(Width));
        }
        Norm("norm");
        return made;
    }

    /// <summary>The class token of timm's or DINOv2's model in libtorch's own operations:
    /// <c>[batch, width]</c>.</summary>
    static Tensor Plain(Dictionary<string, Tensor> w, Tensor images)
    {
        var batch = images.shape[0];
        var patches = nn.functional.conv2d(images, w["patch_embed.proj.weight"], w["patch_embed.proj.bias"],
            strides: [Patch, Patch]).flatten(2).transpose(1, 2);
        var x = cat([w["cls_token"].expand(batch, 1, Width), patches], 1) + w["pos_embed"];
        if (w.TryGetValue("register_tokens", out var registers))
            x = cat([x[.., ..1], registers.expand(batch, 4, Width), x[.., 1..]], 1);
        for (var layer = 0; layer < Depth; layer++)
        {
            var block = $"blocks.{layer}";
            x = x + Scaled($"{block}.ls1.gamma", Attention(block, Norm($"{block}.norm1", x)));
            var inner = nn.functional.gelu(Linear($"{block}.mlp.fc1", Norm($"{block}.norm2", x)));
            x = x + Scaled($"{block}.ls2.gamma", Linear($"{block}.mlp.fc2", inner));
        }
        return Norm("norm", x)[.., 0];

        Tensor Norm(string name, Tensor input) =>
            nn.functional.layer_norm(input, [Width], w[$"{name}.weight"], w[$"{name}.bias"], 1e-6);

        Tensor Linear(string name, Tensor input) =>
            nn.functional.linear(input, w[$"{name}.weight"], w[$"{name}.bias"]);

        Tensor Scaled(string name, Tensor branch) => w.TryGetValue(name, out var gains) ? branch * gains : branch;

        Tensor Attention(string block, Tensor input)
        {
            var split = Linear($"{block}.attn.qkv", input).view(batch, -1, 3, Heads, Width / Heads)
                .permute(2, 0, 3, 1, 4).unbind(0);
            var weights = (split[0].matmul(split[1].transpose(-2, -1)) / Math.Sqrt(Width / Heads)).softmax(-1);
            return Linear($"{block}.attn.proj", weights.matmul(split[2]).transpose(1, 2).reshape(batch, -1, Width));
        }
    }
}
