using System.ComponentModel.DataAnnotations;

namespace Rils.Schedules;

/// <summary>Options of <c>[schedule] kind = "cosine"</c>: linear warm-up, then half a cosine, as in the trainer of
/// SLIP.</summary>
public sealed record CosineOptions : IWarmup
{
    /// <summary>The highest learning rate, at the end of the warm-up. SLIP for ViT-S and ViT-B: 3e-3 at a batch of
    /// 4096.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double LearningRate { get; init; }

    /// <summary>The learning rate to which the cosine falls. SLIP: 1e-5.</summary>
    [Range(0.0, double.MaxValue)]
    public double FinalLearningRate { get; init; } = 1e-5;

    /// <summary>The learning rate of the very first step. SLIP: 1e-6.</summary>
    [Range(0.0, double.MaxValue)]
    public double StartLearningRate { get; init; } = 1e-6;

    /// <inheritdoc/>
    /// <remarks>SLIP: 1.</remarks>
    [Range(0.0, double.MaxValue)]
    public double? WarmupEpochs { get; init; }

    /// <inheritdoc/>
    [Range(0L, long.MaxValue)]
    public long? WarmupSteps { get; init; }
}
