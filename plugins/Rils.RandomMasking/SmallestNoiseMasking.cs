using static TorchSharp.torch;

namespace Rils.RandomMasking;

/// <summary>Keeps the int(L(1 - ratio)) patches with the smallest noise (He et al. 2022, section 3).</summary>
/// <remarks>From the same noise, a ratio of 0.6 hides a subset of what 0.75 hides.</remarks>
/// <param name="ratio">Share of the patches that is hidden, above 0 and below 1.</param>
sealed class SmallestNoiseMasking(double ratio) : IMasking
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ratio would hide all patches, or none.</exception>
    public int Visible(int patches)
    {
        // Rounded down as the authors' int() does, in double precision: of 10 patches, 0.9 keeps none.
        var visible = (int)(patches * (1 - ratio));
        return visible == 0 ? throw Refuse("all", "smaller") : visible == patches ? throw Refuse("none", "larger") : visible;

        ArgumentException Refuse(string share, string instead) =>
            new($"[masking] ratio = {ratio} hides {share} of the {patches} patches; give a {instead} ratio");
    }

    /// <inheritdoc/>
    public PatchMask Mask(Tensor noise, PatchGrid grid)
    {
        if (noise.dim() != 2 || noise.shape[1] != grid.Count)
            throw new ArgumentException($"noise is [{string.Join(", ", noise.shape)}], but an image has {grid.Count} patches");
        return PatchMask.KeepSmallest(noise, Visible(grid.Count));
    }
}
