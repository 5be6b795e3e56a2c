using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Multi-head attention as one writes it with TorchSharp.</summary>
static class TorchAttention
{
    /// <summary>Mixes the values by the attention of queries to keys.</summary>
    /// <param name="qkv"><c>[batch, tokens, 3 · width]</c>: queries, keys and values side by side.</param>
    /// <param name="heads">The number of heads, which divides the width.</param>
    /// <param name="isCausal">Whether no token sees a later one.</param>
    /// <returns><c>[batch, tokens, width]</c>.</returns>
    public static Tensor Attend(Tensor qkv, int heads, bool isCausal)
    {
        var (batch, tokens) = (qkv.shape[0], qkv.shape[1]);
        var parts = qkv.view(batch, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4).unbind(0);
        var mixed = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: isCausal);
        return mixed.transpose(1, 2).reshape(batch, tokens, -1);
    }
}
