using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Keeps the int(L(1 - ratio)) patches that come first in an order that the noise alone decides.</summary>
/// <remarks>The order does not depend on the ratio, so from the same noise a ratio of 0.6 hides a subset of the patches
/// that 0.75 hides.</remarks>
/// <param name="ratio">Share of the patches that is hidden, 0..1.</param>
/// <param name="scores">Turns noise, fp32 <c>[batch, patches]</c>, into a score of each patch, <c>[batch, patches]</c>;
/// the patches with the smallest scores stay visible.</param>
sealed class RankedMasking(double ratio, Func<Tensor, PatchGrid, Tensor> scores) : IMasking
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ratio hides all patches or none.</exception>
    public int Visible(int patches) => HiddenShare.Mistake(ratio, patches) is { } mistake
        ? throw new ArgumentException($"[masking] {mistake}") : HiddenShare.Visible(ratio, patches);

    /// <inheritdoc/>
    public PatchMask Mask(Tensor noise, PatchGrid grid)
    {
        if (noise.dim() != 2 || noise.shape[1] != grid.Count)
            throw new ArgumentException(
                $"noise is [{string.Join(", ", noise.shape)}], but an image has {grid.Count} patches");
        return PatchMask.KeepSmallest(scores(noise, grid), Visible(grid.Count));
    }
}
