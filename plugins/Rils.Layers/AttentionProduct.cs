using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>softmax(q·kᵀ/√size)·v over the heads of a fused projection (Vaswani et al. 2017, equation 1).</summary>
public static class AttentionProduct
{
    /// <summary>Attends.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>: queries, keys and values side by side, each split into heads.</param>
    /// <param name="heads">Divides the width.</param>
    /// <param name="bias"><c>[tokens, tokens]</c>, added to the logits; -∞ hides a key from a query.</param>
    /// <returns><c>[batch, tokens, width]</c>, contiguous.</returns>
    public static Tensor Attend(Tensor qkv, int heads, Tensor? bias = null)
    {
        var (batch, tokens, width) = (qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3);
        var size = width / heads;
        // One copy gives the products contiguous matrices; three separate views would be copied one by one, forward and backward.
        var split = qkv.view(batch, tokens, 3, heads, size).permute(2, 0, 3, 1, 4);
        var parts = split.reshape(3, batch * heads, tokens, size).unbind(0);
        var mixed = Mix(parts[0], parts[1], parts[2], 1 / Math.Sqrt(size), bias);
        return mixed.view(batch, heads, tokens, size).transpose(1, 2).reshape(batch, tokens, width);
    }

    // Plain products: in fp32 on the CPU as fast as scaled_dot_product_attention, and far faster than its backward in bf16.
    static Tensor Mix(Tensor queries, Tensor keys, Tensor values, double scale, Tensor? bias)
    {
        var logits = (queries * scale).bmm(keys.transpose(1, 2));
        if (bias is not null) logits.add_(bias); // not baddbmm: TorchSharp 0.107 hands its three matrices over in another order
        return logits.softmax(-1).bmm(values);
    }
}
