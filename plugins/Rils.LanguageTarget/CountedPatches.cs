namespace Rils.LanguageTarget;

/// <summary>Which patches of an image have a reconstruction loss.</summary>
public enum CountedPatches
{
    /// <summary>Those that the masked pass does not see (Yang et al. 2023, section 3.3).</summary>
    Hidden,
    /// <summary>Visible ones too: the decoder predicts every patch.</summary>
    All,
}
