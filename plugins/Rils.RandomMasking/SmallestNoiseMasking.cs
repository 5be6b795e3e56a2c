using static TorchSharp.torch;

namespace Rils.RandomMasking;

/// <summary>Keeps the int(L(1 - ratio)) patches with the smallest noise (He et al. 2022, section 3).</summary>
/// <remarks>From the same noise, a ratio of 0.6 hides a subset of what 0.75 hides.</remarks>
sealed class SmallestNoiseMasking(RandomMaskingOptions options) : IMasking
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ratio would hide all patches, or none.</exception>
    public int Visible(int patches) =>
        options.Mistake(patches) is { } mistake ? throw new ArgumentException($"[masking] {mistake}") : options.Visible(patches);

    /// <inheritdoc/>
    public PatchMask Mask(Tensor noise, PatchGrid grid)
    {
        if (noise.dim() != 2 || noise.shape[1] != grid.Count)
            throw new ArgumentException($"noise is [{string.Join(", ", noise.shape)}], but an image has {grid.Count} patches");
        return PatchMask.KeepSmallest(noise, Visible(grid.Count));
    }
}
