namespace Rils.LanguageTarget;

/// <summary>Which images of the batch the reconstruction loss counts, and by which weight.</summary>
public enum Gate
{
    /// <summary>The images that retrieve their own caption among the batch's, as in RILS's code, each by
    /// 1.</summary>
    Correct,
    /// <summary>All images, each by 1.</summary>
    None,
    /// <summary>All images, image i by the probability of its own caption, w_i = exp(s c_ii) / sum_j exp(s c_ij) with
    /// logit scale s and cosines c to the batch's captions, without a gradient. The loss is sum_i w_i sum_p loss_ip /
    /// (patches x sum_i w_i + 1e-6). RILS's gate is this one with w_i = 1 where c_ii is the largest of its row and
    /// 0 elsewhere.</summary>
    Soft,
}
