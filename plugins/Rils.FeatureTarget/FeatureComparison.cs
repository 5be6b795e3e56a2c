namespace Rils.FeatureTarget;

/// <summary>How the loss compares a prediction with the teacher's feature of the patch.</summary>
public enum FeatureComparison
{
    /// <summary>1 - cosine, averaged over the patches: 1 plus EVA's negative cosine similarity (Fang et al.
    /// 2023).</summary>
    Cosine,
    /// <summary>Smooth L1, averaged over all numbers: with difference d, d² / (2 beta) where |d| is below beta, else
    /// |d| - beta / 2. The teacher's feature is normalised first: its mean is subtracted, then it is divided by its
    /// standard deviation, without learned factors (feature distillation, Wei et al. 2022).</summary>
    SmoothL1,
}
