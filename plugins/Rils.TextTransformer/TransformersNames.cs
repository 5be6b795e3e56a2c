using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>The names of transformers' <c>CLIPTextModel</c>, whose attention has three matrices where this module has
/// one.</summary>
static partial class TransformersNames
{
    public static IEnumerable<ForeignTensor> AlternativesTo(string name)
    {
        if (name == "token_embedding.weight") return [new(["text_model.embeddings.token_embedding.weight"])];
        if (name == "positional_embedding") return [new(["text_model.embeddings.position_embedding.weight"])];
        if (Block().Match(name) is not { Success: true } block)
            return [new([name.Replace("ln_final.", "text_model.final_layer_norm.", StringComparison.Ordinal)])];
        var (layer, inner) = ($"text_model.encoder.layers.{block.Groups[1].Value}.", block.Groups[2].Value);
        if (inner.StartsWith("attn.in_proj_", StringComparison.Ordinal))
        {
            var kind = inner["attn.in_proj_".Length..];
            return [new([.. "qkv".Select(part => $"{layer}self_attn.{part}_proj.{kind}")],
                static given => cat([.. given]))];
        }
        return [new([layer + Inner(inner)])];
    }

    static string Inner(string name) => name
        .Replace("ln_1.", "layer_norm1.", StringComparison.Ordinal)
        .Replace("ln_2.", "layer_norm2.", StringComparison.Ordinal)
        .Replace("attn.out_proj.", "self_attn.out_proj.", StringComparison.Ordinal)
        .Replace("mlp.c_fc.", "mlp.fc1.", StringComparison.Ordinal)
        .Replace("mlp.c_proj.", "mlp.fc2.", StringComparison.Ordinal);

    [GeneratedRegex(@"^transformer\.resblocks\.(\d+)\.(.+)$")]
    private static partial Regex Block();
}
