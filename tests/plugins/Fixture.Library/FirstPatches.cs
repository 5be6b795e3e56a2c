using static TorchSharp.torch;

namespace Fixture.Library;

/// <summary>Keeps the first half of the patches.</summary>
public sealed class FirstPatches : IMasking
{
    /// <inheritdoc/>
    public int Visible(int patches) => patches / 2;

    /// <inheritdoc/>
    public PatchMask Mask(Tensor noise, PatchGrid grid) =>
        PatchMask.KeepSmallest(arange(grid.Count, dtype: ScalarType.Float32).expand(noise.shape[0], -1),
            Visible(grid.Count));
}
