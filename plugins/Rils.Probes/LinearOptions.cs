using System.ComponentModel.DataAnnotations;

namespace Rils.Probes;

/// <summary>Options of <c>[[head]] kind = "linear"</c>: multinomial logistic regression on frozen features, which are
/// not standardised, as in CLIP's protocol (Radford et al. 2021, appendix A.3).</summary>
public sealed record LinearOptions
{
    /// <summary>Path of the labelled images to learn from, or several; <c>*</c> and <c>?</c> match within a name.
    /// Images without a class are left out.</summary>
    [ExperimentPath, MinLength(1)]
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>The layer whose features are judged, from 1, pooled as the backbone pools its last one: a block of a
    /// vit, whose last norm follows, or a stage of a resnet. Not given: the features of the whole backbone.</summary>
    [Range(1, int.MaxValue)]
    public int? Layer { get; init; }

    /// <summary>Strengths of the L2 penalty to choose from. A strength s adds s / 2 times the sum of the squared
    /// weights (not the biases) to the mean cross-entropy; in scikit-learn's terms it is 1 / (C n). A fifth of the
    /// training images is held out, and the strength with the most right answers on it then learns from all of them.
    /// CLIP: 1e-6 to 1e6, on the sum of the losses.</summary>
    [MinLength(1), Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public IReadOnlyList<double> L2 { get; init; } = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];
}
