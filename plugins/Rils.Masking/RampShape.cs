namespace Rils.Masking;

/// <summary>The way from the ratio of the first step to that of the last.</summary>
public enum RampShape
{
    /// <summary>The same change in each step.</summary>
    Linear,
    /// <summary>Half a period of a cosine: slow at both ends.</summary>
    Cosine,
}
