using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>MAE's and RILS's initialisation of vision transformers, by parameter name; positions, registers and
/// LayerScale are in neither.</summary>
public static class VisionInitialization
{
    const double TokenSpread = 0.02;
    const string PatchBias = "patch_embed.proj.bias", PatchWeight = "patch_embed.proj.weight";

    /// <summary>Draws every parameter from <c>random.Fork(its name)</c>: matrices Xavier-uniform (the fused qkv as one,
    /// the patch weight flattened), class, mask and register tokens and learned positions normal with standard
    /// deviation 0.02; biases are 0, gains 1. The gains of <see cref="LayerScale"/> keep their first value. The bias of
    /// the patch embedding is uniform in ±1/√inputs, PyTorch's default, which the authors leave.</summary>
    /// <remarks>timm truncates positions at -2 and 2, a hundred standard deviations away: no draw gets there.</remarks>
    public static void Apply(nn.Module module, RandomStream random)
    {
        using var gradient = no_grad();
        var parameters = module.named_parameters().ToDictionary();
        foreach (var (name, parameter) in parameters)
        {
            if (name.EndsWith(".gamma", StringComparison.Ordinal)) continue;
            if (IsToken(name))
                Initialization.Normal(parameter, TokenSpread, random.Fork(name));
            else if (parameter.ndim > 1)
                Initialization.XavierUniform(parameter, random.Fork(name));
            else if (name == PatchBias)
                Initialization.Uniform(parameter, Bound(parameters[PatchWeight]), random.Fork(name));
            else if (name.EndsWith(".weight", StringComparison.Ordinal)) parameter.fill_(Constant.Of(1));
            else parameter.zero_();
        }
    }

    static double Bound(Tensor weight) => 1 / Math.Sqrt((double)weight.numel() / weight.shape[0]);

    static bool IsToken(string name) => name == "pos_embed" || name.EndsWith("_token", StringComparison.Ordinal)
        || name.EndsWith("_tokens", StringComparison.Ordinal);
}
