using Rils.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Forms;

/// <summary>The layers of our models, in the shapes of a part of a batch, which one core computes alone, and some in
/// the shapes of a whole batch.</summary>
/// <param name="type">The type of all tensors.</param>
sealed class LayerShapes(ScalarType type)
{
    /// <summary>Linear layers, as a product and as a convolution.</summary>
    public IEnumerable<Layer> Linear()
    {
        (int, int, int)[] parts =
            [(16, 65, 192), (16, 17, 192), (8, 197, 384), (16, 65, 96), (16, 17, 96), (16, 13, 128)];
        foreach (var (batch, tokens, width) in parts)
        {
            (int, int)[] ofBlock = [(width, 3 * width), (width, width), (width, 4 * width), (4 * width, width)];
            foreach (var (inputs, outputs) in ofBlock) yield return Linear(batch, tokens, inputs, outputs);
        }
        yield return Linear(64, 65, 192, 768);
        yield return Linear(64, 1, 192, 128);
    }

    /// <summary>Attention, as two products and fused.</summary>
    public IEnumerable<Layer> Attention() =>
    [
        Attention(16, 17, 96, 3), Attention(16, 65, 96, 3), Attention(16, 17, 192, 3), Attention(16, 65, 192, 3),
        Attention(8, 197, 384, 6), Attention(2, 577, 384, 6), Attention(64, 65, 192, 3),
        Attention(16, 13, 128, 2, isCausal: true), Attention(16, 32, 128, 2, isCausal: true),
        Attention(16, 77, 256, 4, isCausal: true),
    ];

    /// <summary>The patch embedding in three forms: patches cut and multiplied, a convolution with 1 x 1 kernels over
    /// cut patches, and one convolution over the images.</summary>
    public IEnumerable<Layer> Patches() => [Patches(16, 64, 8, 96), Patches(16, 64, 8, 192), Patches(8, 224, 16, 384)];

    /// <summary>Layers that have one form only (norms and activations), and a block with all layers in the forms of the
    /// table.</summary>
    public IEnumerable<Layer> Rest()
    {
        var (input, hidden) = (Leaf(16, 65, 192), Leaf(16, 65, 768));
        var (gain, shift) = (Leaf(192), Leaf(192));
        yield return new("layer norm 16 x 65 x 192", 0, [input, gain, shift],
            () => nn.functional.layer_norm(input, [192], gain, shift, TransformerBlock.Epsilon));
        yield return new("GELU 16 x 65 x 768", 0, [hidden], () => nn.functional.gelu(hidden));
        yield return new("QuickGELU 16 x 65 x 768", 0, [hidden], () => hidden * (1.702 * hidden).sigmoid());
        var block = new TransformerBlock(192, 3, 768, QkvBias.Qv).to(type);
        yield return new("block 16 x 65 x 192", 16 * TransformerFlops.Block(65, 192, 768) / 2,
            [input, .. block.parameters()], () => block.forward(input));
    }

    Layer Linear(int batch, int tokens, int inputs, int outputs)
    {
        var (input, weight, bias) = (Leaf(batch, tokens, inputs), Leaf(outputs, inputs), Leaf(outputs));
        return new($"{batch} x {tokens}, {inputs} to {outputs}", (long)batch * tokens * inputs * outputs,
            [input, weight, bias],
            () => Affine.Of(input, weight, bias, LinearForm.Product),
            () => Affine.Of(input, weight, bias, LinearForm.Convolution));
    }

    Layer Attention(int batch, int tokens, int width, int heads, bool isCausal = false)
    {
        var qkv = Leaf(batch, tokens, 3 * width);
        var name = $"{batch} x {tokens} x {width}, {heads}{(isCausal ? ", causal" : "")}";
        return new(name, 2L * batch * tokens * tokens * width, [qkv],
            () => AttentionProduct.Attend(qkv, heads, AttentionForm.Products, isCausal),
            () => AttentionProduct.Attend(qkv, heads, AttentionForm.Fused, isCausal));
    }

    Layer Patches(int batch, int size, int patch, int width)
    {
        var (side, pixels) = (size / patch, 3 * patch * patch);
        var (images, weight, bias) = (Leaf(batch, 3, size, size).detach(), Leaf(width, 3, patch, patch), Leaf(width));
        var name = $"{batch} x {size} pixels, patches of {patch} to {width}";
        return new(name, (long)batch * side * side * pixels * width, [weight, bias],
            () => Affine.Of(Cut(), weight.flatten(1), bias, LinearForm.Product),
            () => Affine.Of(Cut(), weight.flatten(1), bias, LinearForm.Convolution),
            () => nn.functional.conv2d(images, weight, bias, strides: [patch, patch]).flatten(2).transpose(1, 2));

        Tensor Cut() => images.reshape(batch, 3, side, patch, side, patch).permute(0, 2, 4, 1, 3, 5)
            .reshape(batch, side * side, pixels);
    }

    Tensor Leaf(params long[] shape) => (randn(shape) / Math.Sqrt(shape[^1])).to(type).requires_grad_();
}
