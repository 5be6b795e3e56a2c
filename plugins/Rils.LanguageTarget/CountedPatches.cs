namespace Rils.LanguageTarget;

/// <summary>Which patches of an image the reconstruction loss counts.</summary>
public enum CountedPatches
{
    /// <summary>The patches that the masked pass does not see, as in RILS's code.</summary>
    Hidden,
    /// <summary>Every patch, visible ones too: the decoder predicts them all.</summary>
    All,
}
