namespace Rils.LanguageTarget;

/// <summary>How a patch's prediction is compared with what the full pass says of it.</summary>
public enum Comparison
{
    /// <summary>KL(teacher || student) of the distributions over the sentences (Yang et al. 2023, section 3.3).</summary>
    Kl,
    /// <summary>Cross-entropy -sum(teacher log student): KL plus the teacher's entropy, which has no gradient, so the same training under another
    /// number.</summary>
    CrossEntropy,
    /// <summary>Mean over the sentences of the squared difference of the cosines, without temperatures.</summary>
    Mse,
}
