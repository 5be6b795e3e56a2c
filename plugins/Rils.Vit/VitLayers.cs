using System.Globalization;

namespace Rils.Models;

/// <summary>The layers of a ViT's parameters, as MAE's fine-tuning numbers them: 0 for all that comes before the
/// blocks, n for block n - 1, and the top layer for the norm after the blocks. MAE's own models have neither registers
/// nor a norm before the blocks.</summary>
static class VitLayers
{
    const string Blocks = "blocks.";

    public static int Top(int depth) => depth + 1;

    public static int Of(string name, int depth) =>
        IsTokenOrPosition(name) || name.StartsWith("patch_embed.", StringComparison.Ordinal)
        || name.StartsWith("norm_pre.", StringComparison.Ordinal) ? 0
        : name.StartsWith(Blocks, StringComparison.Ordinal)
        ? int.Parse(name[Blocks.Length..].Split('.')[0], CultureInfo.InvariantCulture) + 1 : Top(depth);

    public static bool IsTokenOrPosition(string name) => name is "cls_token" or "register_tokens" or "pos_embed";
}
