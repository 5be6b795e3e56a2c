using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>CLIP's initialisation of its text transformer, by parameter name.</summary>
static class TextInitialization
{
    /// <summary>Draws every parameter from <c>random.Fork(its name)</c>: matrices normal, the biases of the MLPs
    /// uniform in ±1/√inputs, PyTorch's default, which CLIP's, SLIP's and RILS's code leave; other biases are 0,
    /// gains 1.</summary>
    public static void Apply(nn.Module module, int width, int depth, RandomStream random)
    {
        using var gradient = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (parameter.ndim > 1) Initialization.Normal(parameter, Spread(name, width, depth), random.Fork(name));
            else if (name.EndsWith("mlp.c_fc.bias", StringComparison.Ordinal))
                Initialization.Uniform(parameter, Math.Pow(width, -0.5), random.Fork(name));
            else if (name.EndsWith("mlp.c_proj.bias", StringComparison.Ordinal))
                Initialization.Uniform(parameter, Math.Pow(4.0 * width, -0.5), random.Fork(name));
            else if (name.EndsWith(".weight", StringComparison.Ordinal)) parameter.fill_(Constant.Of(1));
            else parameter.zero_();
        }
    }

    /// <summary>The standard deviation of a matrix.</summary>
    static double Spread(string name, int width, int depth) => name switch
    {
        "token_embedding.weight" => 0.02,
        "positional_embedding" => 0.01,
        _ when name.EndsWith("attn.in_proj_weight", StringComparison.Ordinal) => Math.Pow(width, -0.5),
        _ when name.EndsWith("mlp.c_fc.weight", StringComparison.Ordinal) => Math.Pow(2.0 * width, -0.5),
        // attn.out_proj and mlp.c_proj, which add to the residual stream.
        _ => Math.Pow(width, -0.5) * Math.Pow(2.0 * depth, -0.5),
    };
}
