namespace Rils.Models;

/// <summary>The tokens from which a vision transformer makes the one feature of an image.</summary>
public enum Pooling
{
    /// <summary>The mean of the patch tokens: RILS.</summary>
    Mean,

    /// <summary>The class token, after the last norm: CLIP.</summary>
    Class,
}
