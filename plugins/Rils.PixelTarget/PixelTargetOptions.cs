using System.ComponentModel.DataAnnotations;

namespace Rils.PixelTarget;

/// <summary>Options of <c>[target] kind = "pixel"</c>.</summary>
public sealed record PixelTargetOptions
{
    /// <summary>Whether each patch is predicted relative to its own mean and standard deviation. MAE's models: true; its ablations are made
    /// with false as well (He et al. 2022, table 1d).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>The smallest variance that a patch is divided by under <see cref="Normalize"/>: patches that vary less count for less. In units of
    /// the models' input, where even a patch of one colour varies, since each channel has a mean and deviation of its own: white by 0.026, black by
    /// 0.018. Of the 8 x 8 patches of clip art half are below 0.03, and without a floor count as much as those that show something; 0.1
    /// makes white count a quarter. MAE: 0 (to the variance 1e-6 is added).</summary>
    [Range(0.0, double.MaxValue)]
    public double VarianceFloor { get; init; }

    /// <summary>Factor of this term in the loss. MAE, which has no other term: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}
