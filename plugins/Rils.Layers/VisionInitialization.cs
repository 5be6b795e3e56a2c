using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>MAE's and RILS's initialisation of vision transformers, by parameter name.</summary>
public static class VisionInitialization
{
    const double TokenSpread = 0.02;

    /// <summary>Draws every parameter from <c>random.Fork(its name)</c>: matrices Xavier-uniform (the fused qkv as one,
    /// the patch weight flattened), class and mask tokens normal with standard deviation 0.02; biases are 0, gains
    /// 1.</summary>
    public static void Apply(nn.Module module, RandomStream random)
    {
        using var gradient = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (name.EndsWith("_token", StringComparison.Ordinal))
                Initialization.Normal(parameter, TokenSpread, random.Fork(name));
            else if (parameter.ndim > 1)
                Initialization.XavierUniform(parameter, random.Fork(name));
            else if (name.EndsWith(".weight", StringComparison.Ordinal)) parameter.fill_(1);
            else parameter.zero_();
        }
    }
}
