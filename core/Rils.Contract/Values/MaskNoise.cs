using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's noise for masks, on the device of the lane. Arms with equally many patches get the same
/// noise.</summary>
/// <param name="ByPatches">By the number of patches of an image, for each number that an arm has: uniform in [0, 1),
/// fp32 <c>[batch, patches]</c>. All arms read these tensors: do not change them.</param>
public sealed record MaskNoise(IReadOnlyDictionary<int, Tensor> ByPatches) : IUploaded<MaskNoise>
{
    /// <inheritdoc/>
    public MaskNoise Map(Func<Tensor, Tensor> each) =>
        new(ByPatches.ToDictionary(own => own.Key, own => each(own.Value)).AsReadOnly());

    /// <summary>Finds the noise for an arm's patches.</summary>
    /// <param name="grid">The arm's patches.</param>
    /// <returns>Uniform in [0, 1), fp32 <c>[batch, patches]</c>. All arms read this tensor: do not change it.</returns>
    /// <exception cref="KeyNotFoundException">No arm has so many patches.</exception>
    public Tensor For(PatchGrid grid) => ByPatches[grid.Count];
}
