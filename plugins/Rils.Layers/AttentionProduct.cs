using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>softmax(q·kᵀ/√size)·v over the heads of a fused projection (Vaswani et al. 2017, equation 1), in the form
/// that <see cref="FormTable"/> lists for the tensors.</summary>
public static class AttentionProduct
{
    /// <summary>Attends from each token to all.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>: queries, keys and values side by side, each split into
    /// heads.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <returns><c>[batch, tokens, width]</c>, contiguous.</returns>
    public static Tensor Attend(Tensor qkv, int heads) => Attend(qkv, heads, FormTable.For(qkv).Attention);

    /// <summary>Attends from each token to itself and to the tokens before it.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>, as above.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <param name="mask">The result of <see cref="CausalMask"/>, which all layers can share.</param>
    /// <returns><c>[batch, tokens, width]</c>, contiguous.</returns>
    public static Tensor AttendCausally(Tensor qkv, int heads, Tensor? mask) =>
        Attend(qkv, heads, FormTable.For(qkv).Attention, isCausal: true, mask);

    /// <summary>The mask that <see cref="AttendCausally"/> adds to the logits where its form is
    /// <see cref="AttentionForm.Products"/>: -∞ above the diagonal, else 0.</summary>
    /// <param name="tokens"><c>[batch, tokens, width]</c>, of the layers' type and on their device.</param>
    /// <returns><c>[tokens, tokens]</c>; null where the form needs no mask.</returns>
    public static Tensor? CausalMask(Tensor tokens) =>
        FormTable.For(tokens).Attention == AttentionForm.Fused ? null : Mask(tokens.shape[1], tokens);

    /// <summary>Attends in a form that the caller chooses.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>, as above.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <param name="form">Any form: the results agree up to rounding.</param>
    /// <param name="isCausal">Whether a token attends to no token after it.</param>
    /// <param name="mask">The causal mask for <see cref="AttentionForm.Products"/>; where null, the call makes the
    /// mask.</param>
    /// <returns><c>[batch, tokens, width]</c>, contiguous.</returns>
    public static Tensor Attend(Tensor qkv, int heads, AttentionForm form, bool isCausal = false, Tensor? mask = null)
    {
        var (batch, tokens, width) = (qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3);
        var split = qkv.view(batch, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
        // libtorch's fused form refuses an empty batch.
        var isFused = form == AttentionForm.Fused && qkv.numel() > 0;
        var mixed = isFused ? Fused(split, isCausal) : Products(split, isCausal ? mask ?? Mask(tokens, qkv) : null);
        return mixed.transpose(1, 2).reshape(batch, tokens, width);
    }

    /// <summary>The weights with which <see cref="Attend(Tensor, int)"/> mixes the values, softmax(q·kᵀ/√size), which
    /// none of its forms keeps.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>, as above.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <returns>fp32 <c>[batch, heads, tokens, tokens]</c>; each row has the sum 1.</returns>
    public static Tensor Weights(Tensor qkv, int heads)
    {
        using var scope = NewDisposeScope();
        var (batch, tokens, width) = (qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3);
        Tensor Part(long place) => qkv.narrow(2, place * width, width).to(ScalarType.Float32)
            .reshape(batch, tokens, heads, width / heads).transpose(1, 2);
        var logits = (Part(0) * Constant.Of(1 / Math.Sqrt(width / heads))).matmul(Part(1).transpose(2, 3));
        return logits.softmax(-1).MoveToOuterDisposeScope();
    }

    // Queries, keys and values are views of the projection, and libtorch writes their gradients where they lie:
    // nothing is copied.
    static Tensor Fused(Tensor split, bool isCausal)
    {
        var parts = split.unbind(0);
        return nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: isCausal);
    }

    // One copy gives the products contiguous matrices; libtorch would copy three separate views one by one, forward
    // and backward.
    static Tensor Products(Tensor split, Tensor? mask)
    {
        var (batch, heads, tokens, size) = (split.shape[1], split.shape[2], split.shape[3], split.shape[4]);
        var parts = split.reshape(3, batch * heads, tokens, size).unbind(0);
        var logits = (parts[0] * Constant.Of(1 / Math.Sqrt(size))).bmm(parts[1].transpose(1, 2));
        // Not baddbmm: TorchSharp 0.107 passes its three matrices on in another order.
        if (mask is not null) logits.add_(mask, Constant.Of(1));
        return logits.softmax(-1).bmm(parts[2]).view(batch, heads, tokens, size);
    }

    static Tensor Mask(long tokens, Tensor like) =>
        full([tokens, tokens], Constant.Of(float.NegativeInfinity), like.dtype, like.device).triu_(1);
}
