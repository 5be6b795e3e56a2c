namespace Rils.Layers;

/// <summary>The activation between the two linear layers of an MLP.</summary>
public enum Activation
{
    /// <summary>The exact GELU, x·Φ(x): ViT, MAE, RILS's encoder, some of open_clip's models.</summary>
    Gelu,

    /// <summary>x·σ(1.702·x): OpenAI's CLIP.</summary>
    Quickgelu,
}
