using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>The names of CLIP's image tower, as OpenAI and open_clip (<c>visual.</c>) and transformers
/// (<c>vision_model.</c>) spell them. All stand with their prefix, because CLIP's text encoder has the same names
/// without one.</summary>
static partial class ClipTower
{
    /// <summary>The beginnings of names that only CLIP's image tower has.</summary>
    static readonly string[] signs =
    [
        "visual.conv1.", "visual.ln_pre.", "visual.class_embedding", "vision_model.pre_layrnorm.",
        "vision_model.embeddings.",
    ];

    static readonly (string Own, string OpenAi, string Transformers)[] outside =
    [
        ("cls_token", "class_embedding", "embeddings.class_embedding"),
        ("pos_embed", "positional_embedding", "embeddings.position_embedding.weight"),
        ("patch_embed.proj.", "conv1.", "embeddings.patch_embedding."),
        ("norm_pre.", "ln_pre.", "pre_layrnorm."),
        ("norm.", "ln_post.", "post_layernorm."),
    ];

    static readonly (string Own, string OpenAi, string Transformers)[] inside =
    [
        ("norm1.", "ln_1.", "layer_norm1."),
        ("norm2.", "ln_2.", "layer_norm2."),
        ("attn.proj.", "attn.out_proj.", "self_attn.out_proj."),
        ("mlp.fc1.", "mlp.c_fc.", "mlp.fc1."),
        ("mlp.fc2.", "mlp.c_proj.", "mlp.fc2."),
    ];

    /// <summary>The first name that only CLIP's image tower has; null where there is none.</summary>
    public static string? SignIn(IEnumerable<string> names) =>
        names.FirstOrDefault(name => signs.Any(sign => name.Contains(sign, StringComparison.Ordinal)));

    /// <summary>The first name that only CLIP's ResNets have; null where there is none.</summary>
    public static string? ResNetIn(IEnumerable<string> names) =>
        names.FirstOrDefault(name => name.Contains("visual.attnpool.", StringComparison.Ordinal));

    /// <summary>Lists the tensors of CLIP's image tower from which a tensor of the backbone can be made.</summary>
    /// <param name="name">The backbone's name of the tensor.</param>
    /// <param name="fit">Turns a tensor of the tower into one of the backbone where their shapes differ; null where
    /// they do not.</param>
    public static IEnumerable<ForeignTensor> AlternativesTo(string name, Func<Tensor, Tensor>? fit = null)
    {
        if (Block().Match(name) is not { Success: true } block)
            return Renamed(name, outside, "visual.", "vision_model.", fit);
        var (number, rest) = (block.Groups[1].Value, block.Groups[2].Value);
        var (openAi, transformers) =
            ($"visual.transformer.resblocks.{number}.", $"vision_model.encoder.layers.{number}.");
        return Projections(rest, $"{openAi}attn.in_proj_", $"{transformers}self_attn.")
            .Concat(Renamed(rest, inside, openAi, transformers, fit: null));
    }

    /// <summary>The fused projection of queries, keys and values; transformers has three.</summary>
    static IEnumerable<ForeignTensor> Projections(string name, string fused, string apart) => name switch
    {
        "attn.qkv.weight" => [new([$"{fused}weight"]), new(Each(apart, "weight"), Together)],
        "attn.qkv.bias" => [new([$"{fused}bias"]), new(Each(apart, "bias"), Together)],
        // No softmax over keys sees the keys' bias.
        "attn.q_bias" => [new([$"{fused}bias"], static given => given[0].chunk(3)[0]),
            new(Each(apart, "bias"), static given => given[0])],
        "attn.v_bias" => [new([$"{fused}bias"], static given => given[0].chunk(3)[2]),
            new(Each(apart, "bias"), static given => given[2])],
        _ => [],
    };

    static string[] Each(string apart, string end) => [.. "qkv".Select(part => $"{apart}{part}_proj.{end}")];

    static Tensor Together(IReadOnlyList<Tensor> given) => cat([.. given]);

    static IEnumerable<ForeignTensor> Renamed(string name, (string Own, string OpenAi, string Transformers)[] names,
        string openAi, string transformers, Func<Tensor, Tensor>? fit)
    {
        Func<IReadOnlyList<Tensor>, Tensor>? make = fit is null ? null : given => fit(given[0]);
        return
            from known in names
            where name.StartsWith(known.Own, StringComparison.Ordinal)
            let end = name[known.Own.Length..]
            from other in new[] { openAi + known.OpenAi + end, transformers + known.Transformers + end }
            select new ForeignTensor([other], make);
    }

    [GeneratedRegex(@"^blocks\.(\d+)\.(.+)$")]
    private static partial Regex Block();
}
