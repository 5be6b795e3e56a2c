namespace Rils.LanguageTarget;

/// <summary>Which images of the batch have a reconstruction loss.</summary>
public enum Gate
{
    /// <summary>Those that retrieve their own caption among the batch's (Yang et al. 2023, section 3.3).</summary>
    Correct,
    /// <summary>All.</summary>
    None,
}
