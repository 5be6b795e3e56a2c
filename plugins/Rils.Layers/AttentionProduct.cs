using TorchSharp;
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
        var split = qkv.view(batch, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
        // README.md has the measurements. By device and dtype alone, never by a trial: bits would change from run to run.
        var isFused = qkv.device_type == DeviceType.CPU && qkv.dtype == ScalarType.Float32 && qkv.numel() > 0;
        var mixed = isFused ? Fused(split, bias) : Mix(split, bias);
        return mixed.transpose(1, 2).reshape(batch, tokens, width);
    }

    static Tensor Fused(Tensor split, Tensor? bias)
    {
        var parts = split.unbind(0);
        return nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], bias);
    }

    // One copy gives the products contiguous matrices; three separate views would be copied one by one, forward and backward.
    static Tensor Mix(Tensor split, Tensor? bias)
    {
        var (batch, heads, tokens, size) = (split.shape[1], split.shape[2], split.shape[3], split.shape[4]);
        var parts = split.reshape(3, batch * heads, tokens, size).unbind(0);
        var logits = (parts[0] * (1 / Math.Sqrt(size))).bmm(parts[1].transpose(1, 2));
        if (bias is not null) logits.add_(bias); // not baddbmm: TorchSharp 0.107 hands its three matrices over in another order
        return logits.softmax(-1).bmm(parts[2]).view(batch, heads, tokens, size);
    }
}
