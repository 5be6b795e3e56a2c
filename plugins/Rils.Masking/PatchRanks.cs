using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Ranks the patches of each image by a score.</summary>
static class PatchRanks
{
    /// <summary>Gives each patch its place among those of its image, from 0 for the smallest score; where two scores
    /// are equal, the patch with the smaller noise comes first.</summary>
    /// <param name="scores">fp32 <c>[images, patches]</c>.</param>
    /// <param name="noise">In [0, 1), fp32 <c>[images, patches]</c>.</param>
    /// <returns>int64 <c>[images, patches]</c>.</returns>
    public static Tensor Of(Tensor scores, Tensor noise)
    {
        using var scope = NewDisposeScope();
        var shuffled = noise.argsort(dim: 1);
        // A stable sort keeps the order of the noise between equal scores.
        var order = shuffled.gather(1, scores.gather(1, shuffled).sort(1, stable: true).Indices);
        return order.argsort(dim: 1).MoveToOuterDisposeScope();
    }
}
