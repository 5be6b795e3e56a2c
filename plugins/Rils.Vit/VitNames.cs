using Rils.Layers;

namespace Rils.Models;

/// <summary>Other projects' weights for a vision transformer. timm, MAE, DINOv2 and the backbone share their names,
/// except that a file may hold the biases of queries, keys and values as one tensor; CLIP's image tower has names of
/// its own.</summary>
static class VitNames
{
    const string Embedding = "patch_embed.proj.weight";

    /// <summary>Lists the tensors from which a tensor of the backbone can be made.</summary>
    /// <param name="name">The backbone's name of the tensor.</param>
    /// <param name="options">The backbone's options: without CLIP's parts the backbone takes nothing of CLIP's
    /// tower.</param>
    /// <param name="grid">The backbone's patches, to which positions are fitted.</param>
    public static IEnumerable<ForeignTensor> AlternativesTo(string name, VitOptions options, PatchGrid grid)
    {
        var clip = FitsClip(options);
        return name switch
        {
            "pos_embed" =>
            [
                new([name], given => PositionTable.Fit(given[0], grid)) { IsFitted = true },
                .. clip ? ClipTower.AlternativesTo(name, table => PositionTable.Fit(table, grid))
                    .Select(static table => table with { IsFitted = true }) : [],
            ],
            "cls_token" when clip => ClipTower.AlternativesTo(name, static token => token.view(1, 1, -1)),
            _ => [.. AttentionNames.AlternativesTo(name), .. clip ? ClipTower.AlternativesTo(name) : []],
        };
    }

    /// <summary>Says which options would take the image model of some weights; null where these options do, or where
    /// the weights hold no image model that is known.</summary>
    /// <param name="names">All names of the weights.</param>
    /// <param name="options">The backbone's options.</param>
    public static string? Obstacle(IReadOnlyCollection<string> names, VitOptions options)
    {
        if (ClipTower.ResNetIn(names) is { } layer)
            return $"its image encoder is CLIP's ResNet ({layer}), no vision transformer";
        if (ClipTower.SignIn(names) is { } sign)
            return FitsClip(options) ? null
                : $"its image encoder is CLIP's own ({sign}); [backbone] kind = \"vit\" becomes it with "
                    + "pre_norm = true, patch_bias = false, no layer_scale and no registers, and computes what it does "
                    + "with qkv_bias = \"qkv\", positions = \"learned\", pooling = \"class\", norm_eps = 1e-5 and "
                    + "activation = \"quickgelu\" (\"gelu\" for some of open_clip's)";
        string[][] differing = [.. names.Where(name => name.EndsWith(Embedding, StringComparison.Ordinal))
            .Select(name => name[..^Embedding.Length]).Distinct().Order(StringComparer.Ordinal)
            .Select(root => Differing(names, root, options).ToArray())];
        return differing.Length == 0 || differing.Any(changes => changes.Length == 0) ? null
            : $"the vision transformer there is another one; [backbone] kind = \"vit\" becomes it with "
                + string.Join(" and ", differing[0]);
    }

    /// <summary>Whether the backbone has the parts of CLIP's image tower, and no others.</summary>
    static bool FitsClip(VitOptions options) => options is
        { PreNorm: true, PatchBias: false, Registers: 0, LayerScale: null };

    static IEnumerable<string> Differing(IReadOnlyCollection<string> names, string root, VitOptions options)
    {
        bool Has(string name) => names.Contains(root + name);
        if (Has("norm_pre.weight") is var before && before != options.PreNorm)
            yield return $"pre_norm = {(before ? "true" : "false")}";
        if (Has("patch_embed.proj.bias") is var bias && bias != options.PatchBias)
            yield return $"patch_bias = {(bias ? "true" : "false")}";
        if (Has("blocks.0.ls1.gamma") is var scaled && scaled != options.LayerScale is not null)
            yield return scaled ? "a layer_scale, 1e-5 say" : "no layer_scale";
        if (Has("register_tokens") is var registers && registers != options.Registers > 0)
            yield return registers ? "registers, as many as register_tokens has rows" : "no registers";
    }
}
