using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Slot <c>[masking]</c>: shared noise to a mask. All arms get the same noise, so masks of two ratios are nested.</summary>
public interface IMasking
{
    /// <summary>How many of <paramref name="patches"/> stay visible; the same for every image.</summary>
    int Visible(int patches);

    /// <summary>Makes the mask of one step.</summary>
    /// <param name="noise">Uniform in [0, 1), fp32 <c>[batch, patches]</c>. Not to be changed: other arms read it too.</param>
    /// <param name="grid">How the patches lie.</param>
    PatchMask Mask(Tensor noise, PatchGrid grid);
}
