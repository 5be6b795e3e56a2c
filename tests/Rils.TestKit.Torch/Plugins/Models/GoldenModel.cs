using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Models;

/// <summary>Our models with a golden case's dimensions.</summary>
static class GoldenModel
{
    public static Vit Vit(GoldenCase golden, QkvBias bias, bool recompute = false) => new(new()
    {
        Patch = golden["patch_size"], Width = golden["vision_width"], Depth = golden["vision_depth"],
        Heads = golden["vision_heads"], QkvBias = bias, Recompute = recompute,
    }, golden["image_size"]);

    public static MaskedDecoder Decoder(
        GoldenCase golden, BackboneShape backbone, PatchShape patches, int target, QkvBias bias) => new(new()
        {
            Width = golden["decoder_width"], Depth = golden["decoder_depth"],
            Heads = golden["decoder_heads"], QkvBias = bias,
        }, new(backbone, patches, new(target)));

    public static TextTransformer Text(GoldenCase golden) => new(new()
    {
        Context = golden["context_length"], Width = golden["text_width"],
        Heads = golden["text_heads"], Depth = golden["text_layers"],
    }, golden["vocab_size"]);
}
