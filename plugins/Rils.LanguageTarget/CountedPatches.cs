namespace Rils.LanguageTarget;

/// <summary>Which patches of an image the reconstruction loss counts.</summary>
public enum CountedPatches
{
    /// <summary>The patches that the masked pass does not see (Yang et al. 2023, section 3.3).</summary>
    Hidden,
    /// <summary>Every patch, visible ones too: the decoder predicts them all.</summary>
    All,
}
