using System.ComponentModel.DataAnnotations;

namespace Rils.Probes;

/// <summary>Options of <c>[[head]] kind = "knn"</c>: the most similar training images vote for a class (Wu et al.
/// 2018).</summary>
public sealed record KnnOptions
{
    /// <summary>Path of the labelled images that vote, or several; <c>*</c> and <c>?</c> match within a name. Images
    /// without a class are left out.</summary>
    [ExperimentPath, MinLength(1)]
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>The layer whose features are judged, from 1, pooled as the backbone pools its last one: a block of a
    /// vit, whose last norm follows, or a stage of a resnet. Not given: the features of the whole backbone.</summary>
    [Range(1, int.MaxValue)]
    public int? Layer { get; init; }

    /// <summary>How many images vote; all where there are fewer. DINO: 20, Wu et al.: 200.</summary>
    [Range(1, int.MaxValue)]
    public int K { get; init; } = 20;

    /// <summary>Divides the cosines; the weight of a vote is the exponential of the quotient. Wu et al. and DINO:
    /// 0.07.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 0.07;
}
