namespace Rils.Layers;

/// <summary>How <see cref="AttentionProduct"/> computes attention. The results of the forms agree up to
/// rounding.</summary>
public enum AttentionForm
{
    /// <summary>Two batched matrix products with a softmax between them; all logits lie in memory.</summary>
    Products,

    /// <summary>libtorch's <c>scaled_dot_product_attention</c>, which keeps no logits and reads queries, keys and
    /// values where they lie.</summary>
    Fused,
}
