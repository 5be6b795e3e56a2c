namespace Rils.Layers;

/// <summary>Which parts of an attention layer's fused projection have a bias.</summary>
public enum QkvBias
{
    /// <summary>Queries and values (<c>attn.q_bias</c>, <c>attn.v_bias</c>): BEiT's and RILS's encoder.</summary>
    Qv,
    /// <summary>All three, fused (<c>attn.qkv.bias</c>): ViT's and MAE's encoder.</summary>
    Qkv,
}
