using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[masking]</c>: turns noise into a mask. All arms get the same noise, so that of two masking ratios
/// the smaller can hide a part of the patches that the larger hides.</summary>
public interface IMasking
{
    /// <summary>Tells how many patches of each image stay visible.</summary>
    /// <param name="patches">The number of patches of an image, at least 1.</param>
    /// <returns>The number of visible patches, the same for every image of every step.</returns>
    int Visible(int patches);

    /// <summary>Makes the mask of one step.</summary>
    /// <param name="noise">Uniform in [0, 1), fp32 <c>[batch, patches]</c>. Other arms read this tensor too: do not
    /// change it.</param>
    /// <param name="grid">The rows and columns of the patches.</param>
    /// <returns>A mask with <c>batch</c> rows, on the device of <paramref name="noise"/>; each image has as many
    /// visible patches as <see cref="Visible"/> tells.</returns>
    PatchMask Mask(Tensor noise, PatchGrid grid);
}
