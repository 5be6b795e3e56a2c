using System.ComponentModel.DataAnnotations;

namespace Rils.Schedules;

/// <summary>Options of <c>[schedule] kind = "mae-cosine"</c>: warm-up from zero, then half a cosine, as in MAE's
/// trainer.</summary>
public sealed record MaeCosineOptions : IWarmup
{
    /// <summary>The highest learning rate, at the end of the warm-up. MAE: 1.5e-4 for each 256 samples of the
    /// batch.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double LearningRate { get; init; }

    /// <summary>The learning rate to which the cosine falls. MAE: 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double FinalLearningRate { get; init; }

    /// <inheritdoc/>
    /// <remarks>MAE: 40 of 400 to 1600 epochs.</remarks>
    [Range(0.0, double.MaxValue)]
    public double? WarmupEpochs { get; init; }

    /// <inheritdoc/>
    [Range(0L, long.MaxValue)]
    public long? WarmupSteps { get; init; }
}
