using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The formulas against a count over the modules' parameters, and against published figures.</summary>
public sealed class FlopsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_backbone_counts_its_matrices_and_attention(int patches)
    {
        var vit = new Vit(new() { Patch = 4, Width = 24, Depth = 3, Heads = 2, MlpRatio = 2.5 }, 16);
        var matrices = Matrices(vit, name => name.StartsWith("patch_embed") ? patches : 1 + patches);
        Assert.Equal(matrices + 3 * Attention(1 + patches, 24), vit.VisibleFlops(patches));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void A_decoder_embeds_the_visible_and_predicts_all(int visible)
    {
        var decoder = new MaskedDecoder(new() { Width = 16, Depth = 2, Heads = 2 }, 
            new(new(24), new(new(4, 4), 4, 1), new(7)));
        var matrices = Matrices(decoder, name => name.StartsWith("decoder_embed") ? 1 + visible : 17);
        Assert.Equal(matrices + 2 * Attention(17, 16), decoder.Flops(visible));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(12, 9)]
    public void A_text_encoder_counts_no_more_than_its_context(int tokens, int seen)
    {
        var text = new TextTransformer(new() { Context = 9, Width = 16, Depth = 2, Heads = 2 }, 50);
        Assert.Equal(Matrices(text, name => name.Contains("resblocks") ? seen : 0) + 2 * Attention(seen, 16),
            text.Flops(tokens));
    }

    /// <summary>The published figures are the multiply-adds in timm's table of results, in 10^9, at 224 pixels:
    /// ViT-B/16 17.58, ViT-S/16 4.61.</summary>
    [Theory]
    [InlineData(768, 12, 17.58)]
    [InlineData(384, 6, 4.61)]
    public void Published_models_cost_what_is_published(int width, int heads, double published)
    {
        var vit = new Vit(new() { Width = width, Heads = heads }, 224);
        Assert.Equal(published, vit.Flops / 2e9, 0.02);
    }

    // Each matrix multiplies the given number of rows: two operations for each element and row.
    static long Matrices(nn.Module module, Func<string, long> rows) => module.named_parameters()
        .Where(item => item.parameter.ndim > 1 && !item.name.EndsWith("_token"))
        .Sum(item => 2 * item.parameter.numel() * rows(item.name));

    // Queries times keys and weights times values: tokens · tokens · width multiply-adds each.
    static long Attention(long tokens, long width) => 4 * tokens * tokens * width;
}
