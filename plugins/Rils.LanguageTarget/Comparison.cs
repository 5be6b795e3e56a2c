namespace Rils.LanguageTarget;

/// <summary>How the loss compares the student's prediction for a patch with the teacher's token.</summary>
public enum Comparison
{
    /// <summary>KL(teacher || student) of the distributions over the sentences, as in RILS's code.</summary>
    Kl,
    /// <summary>Cross-entropy -sum(teacher log student): KL plus the teacher's entropy. The entropy has no gradient, so
    /// the training is that of KL and only the number differs.</summary>
    CrossEntropy,
    /// <summary>Mean over the sentences of the squared difference of the cosines, without temperatures.</summary>
    Mse,
}
