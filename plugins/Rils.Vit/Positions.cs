namespace Rils.Models;

/// <summary>The table that tells a vision transformer where a patch lies.</summary>
public enum Positions
{
    /// <summary>Fixed two-dimensional sine-cosine positions: MAE and RILS.</summary>
    Sincos,

    /// <summary>Learned positions, one for each patch and one for the class token: ViT, CLIP, DINOv2.</summary>
    Learned,
}
