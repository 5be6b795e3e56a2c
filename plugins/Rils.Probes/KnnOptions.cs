using System.ComponentModel.DataAnnotations;

namespace Rils.Probes;

/// <summary>Options of <c>[[head]] kind = "knn"</c>: the class that the most similar training images vote for (Wu et al. 2018, section 3.4).</summary>
public sealed record KnnOptions
{
    /// <summary>Where the labelled images are that vote; <c>*</c> and <c>?</c> match within a name. Those without a class are left out.</summary>
    [ExperimentPath]
    public required string Train { get; init; }

    /// <summary>How many vote; all where there are fewer. DINO: 20, Wu et al.: 200.</summary>
    [Range(1, int.MaxValue)]
    public int K { get; init; } = 20;

    /// <summary>Divides the cosines; a vote counts the exponential of that. Wu et al. and DINO: 0.07.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 0.07;
}
