namespace Rils.Layers;

/// <summary>The parts of a transformer block in which published vision transformers differ beside their sizes. The
/// defaults are those of ViT, MAE and RILS.</summary>
public sealed record BlockStyle
{
    /// <summary>The activation in the MLP.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The epsilon of both LayerNorms. ViT, MAE, RILS: 1e-6; CLIP: 1e-5.</summary>
    public double NormEps { get; init; } = TransformerBlock.Epsilon;

    /// <summary>The first value of the gains by which both branches are multiplied, number by number; null for a block
    /// without such gains.</summary>
    public double? LayerScale { get; init; }
}
