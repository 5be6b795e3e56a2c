using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Computes the kinds of <see cref="Activation"/>.</summary>
public static class ActivationFunctions
{
    /// <summary>Applies an activation to each number.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="input">Floating point, any shape.</param>
    /// <returns>The same shape and type.</returns>
    public static Tensor Of(this Activation activation, Tensor input) =>
        activation == Activation.Quickgelu ? input * (Constant.Of(1.702) * input).sigmoid() : nn.functional.gelu(input);
}
