using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>x·Wᵀ + b over the last dimension, in the form that <see cref="FormTable"/> lists for the tensors.</summary>
public static class Affine
{
    /// <summary>Applies a linear layer's weight and bias.</summary>
    /// <param name="layer">Weight <c>[outputs, inputs]</c>; bias <c>[outputs]</c> or null.</param>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    /// <returns><c>[..., outputs]</c>.</returns>
    public static Tensor Apply(this Linear layer, Tensor input) => Of(input, layer.weight!, layer.bias);

    /// <summary>Multiplies the input by the weight and adds the bias, in the weight's type and in the form that the
    /// table lists.</summary>
    /// <param name="input"><c>[..., inputs]</c>, of any floating type: a residual stream may be wider than the
    /// weights.</param>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>, or null.</param>
    /// <returns><c>[..., outputs]</c>.</returns>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias)
    {
        if (input.dtype != weight.dtype) input = input.to(weight.dtype);
        return Of(input, weight, bias, FormTable.For(input).LinearOf(input.numel(), weight.size(0)));
    }

    /// <summary>Multiplies the input by the weight and adds the bias, in a form that the caller chooses.</summary>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>, or null.</param>
    /// <param name="form">Any form: the results agree up to rounding.</param>
    /// <returns><c>[..., outputs]</c>.</returns>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias, LinearForm form) =>
        form == LinearForm.Convolution ? Convolution(input, weight, bias) : Product(input, weight, bias);

    // addmm adds the bias in the same operation; TorchSharp's linear() multiplies, then adds, for inputs of three
    // dimensions.
    static Tensor Product(Tensor input, Tensor weight, Tensor? bias)
    {
        if (bias is null) return input.matmul(weight.t());
        var rows = addmm(bias, input.reshape(-1, weight.shape[1]), weight.t(), beta: 1, alpha: 1);
        return rows.view([.. input.shape[..^1], weight.shape[0]]);
    }

    static Tensor Convolution(Tensor input, Tensor weight, Tensor? bias)
    {
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        // [1, inputs, rows, 1] with the channels last in memory, as the rows lie already: nothing is copied.
        var pixels = input.reshape(1, -1, 1, inputs).permute(0, 3, 1, 2);
        // The dilation changes nothing for 1 x 1 kernels, but makes libtorch call oneDNN on a single thread too, where
        // it would otherwise take a slower form of its own.
        var results = nn.functional.conv2d(pixels, weight.view(outputs, inputs, 1, 1), bias, dilation: [2, 2]);
        return results.permute(0, 2, 3, 1).reshape([.. input.shape[..^1], outputs]);
    }
}
