using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's mask noise on this device: one tensor for each number of patches that some arm has.</summary>
public sealed record MaskNoise(IReadOnlyDictionary<int, Tensor> ByPatches) : IShared
{
    /// <summary>Uniform in [0, 1), fp32 <c>[batch, patches]</c>. Not to be changed: all arms read it.</summary>
    public Tensor For(PatchGrid grid) => ByPatches[grid.Count];
}
