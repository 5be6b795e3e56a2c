using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>LayerNorm over the last dimension of a stream that may be wider than the layer's weights.</summary>
public static class Norm
{
    /// <summary>Normalises in the input's type. On CUDA, where norms have the type of the branches, weights are widened
    /// for an input in fp32: libtorch takes one type there.</summary>
    /// <param name="layer">The layer, with weight and bias <c>[width]</c>.</param>
    /// <param name="input"><c>[..., width]</c>.</param>
    /// <returns><c>[..., width]</c>, of the input's type.</returns>
    public static Tensor Apply(this LayerNorm layer, Tensor input)
    {
        var (weight, bias) = (layer.weight!, layer.bias!);
        return input.dtype == ScalarType.Float32 && weight.dtype != ScalarType.Float32
            ? nn.functional.layer_norm(input, weight.shape, weight.to(input.dtype), bias.to(input.dtype), layer.eps)
            : layer.forward(input);
    }
}
