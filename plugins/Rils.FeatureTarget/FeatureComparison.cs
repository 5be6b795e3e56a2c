namespace Rils.FeatureTarget;

/// <summary>How a prediction is compared with the teacher's feature of the patch.</summary>
public enum FeatureComparison
{
    /// <summary>1 - cosine, its mean over the patches: the negative cosine similarity of EVA (Fang et al. 2023, section 2.2), and 1.</summary>
    Cosine,
    /// <summary>Smooth L1 of each number, its mean over all: with difference d, d² / (2 beta) where |d| is below beta, else |d| - beta / 2. The teacher's
    /// feature is less its mean, by its standard deviation, without learned factors (feature distillation, Wei et al. 2022, section 3).</summary>
    SmoothL1,
}
