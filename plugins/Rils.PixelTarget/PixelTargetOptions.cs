using System.ComponentModel.DataAnnotations;

namespace Rils.PixelTarget;

/// <summary>Options of <c>[target] kind = "pixel"</c>.</summary>
public sealed record PixelTargetOptions
{
    /// <summary>Whether the target of each patch is normalised by the patch's own mean and standard deviation. MAE's
    /// models: true; its ablations have both (He et al. 2022).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>The smallest variance that <see cref="Normalize"/> divides a patch by, so that a patch that varies less
    /// counts for less. The unit is that of the models' input, where even a patch of one colour varies, because each
    /// channel has a mean and deviation of its own: white by 0.026, black by 0.018. Half of the 8 x 8 patches of clip
    /// art are below 0.03, and count without a floor as much as patches that show something; with 0.1 a white patch
    /// counts a quarter. MAE: 0 (1e-6 is added to the variance).</summary>
    [Range(0.0, double.MaxValue)]
    public double VarianceFloor { get; init; }

    /// <summary>Factor of this term in the loss. MAE, which has no other term: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}
