using System.ComponentModel.DataAnnotations;

namespace Rils.FeatureTarget;

/// <summary>Options of <c>[target] kind = "features"</c>. The decoder predicts the teacher's features of hidden
/// patches. The teacher is <c>[teacher]</c> or, without that table, the arm's own full pass over the image, detached.
/// The own pass needs another loss beside this one (contrast, say), because features that are all alike would otherwise
/// be the best answer; the metric <c>features.spread</c> then falls towards 0. The metric is 1 less the mean cosine of
/// any two of the teacher's features.</summary>
public sealed record FeatureTargetOptions
{
    /// <summary>How the loss compares prediction and teacher. EVA: cosine; data2vec and feature distillation:
    /// smooth-l1, on a teacher's features that are normalised token by token.</summary>
    public FeatureComparison Loss { get; init; } = FeatureComparison.Cosine;

    /// <summary>The difference at which smooth-l1 turns from a square to an absolute value. Feature distillation and
    /// data2vec's images: 2.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 2;

    /// <summary>Factor of this term in the loss. EVA, which has no other term: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}
