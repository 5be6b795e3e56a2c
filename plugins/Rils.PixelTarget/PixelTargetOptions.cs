using System.ComponentModel.DataAnnotations;

namespace Rils.PixelTarget;

/// <summary>Options of <c>[target] kind = "pixel"</c>.</summary>
public sealed record PixelTargetOptions
{
    /// <summary>Whether each patch is predicted relative to its own mean and standard deviation. MAE's models: true; its ablations are made
    /// with false as well (He et al. 2022, table 1d).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>The smallest variance that a patch is divided by under <see cref="Normalize"/>; a patch that varies less counts for less. In
    /// units of the models' input, where 0.01 is a deviation of 6 of 255. Flat areas of drawings otherwise ask for the noise of their
    /// compression, at full size. MAE: 0, where 1e-6 is added to the variance all the same.</summary>
    [Range(0.0, double.MaxValue)]
    public double VarianceFloor { get; init; }

    /// <summary>Factor of this term in the loss. MAE, which has no other term: 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}
