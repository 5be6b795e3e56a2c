namespace Rils.LanguageTarget;

/// <summary>Which images of the batch have a reconstruction loss, and how much each counts.</summary>
public enum Gate
{
    /// <summary>Those that retrieve their own caption among the batch's (Yang et al. 2023, section 3.3).</summary>
    Correct,
    /// <summary>All.</summary>
    None,
    /// <summary>All, each by the probability of its own caption: the softmax over the batch's captions of logit scale x cosine, without a gradient.
    /// The paper's gate is the same with 1 where that is the largest and 0 elsewhere.</summary>
    Soft,
}
