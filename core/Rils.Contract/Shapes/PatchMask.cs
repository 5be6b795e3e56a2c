using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The visible and the hidden patches of each image. Every image has equally many of both, and each patch is
/// one of the two.</summary>
/// <param name="Visible">Numbers of the visible patches, from 0: int64 <c>[batch, visible]</c>, in the order in which
/// the backbone takes them.</param>
/// <param name="Hidden">Numbers of the hidden patches, from 0: int64 <c>[batch, hidden]</c>.</param>
/// <param name="Restore">The place of each patch in the list of visible, then hidden patches: int64
/// <c>[batch, patches]</c>.</param>
public sealed record PatchMask(Tensor Visible, Tensor Hidden, Tensor Restore)
{
    /// <summary>Keeps the patches with the smallest scores visible (He et al. 2022).</summary>
    /// <param name="scores">A score for each patch, <c>[batch, patches]</c>, of any type that sorts.</param>
    /// <param name="visible">The number of patches to keep in each image, 0 to the number of patches.</param>
    /// <returns>The mask; visible and hidden patches each in the order of their scores.</returns>
    public static PatchMask KeepSmallest(Tensor scores, int visible)
    {
        var order = scores.argsort(dim: 1);
        var patches = scores.shape[1];
        return new(order.narrow(1, 0, visible), order.narrow(1, visible, patches - visible), order.argsort(dim: 1));
    }

    /// <summary>Takes the rows of some images out of the mask.</summary>
    /// <param name="images">The images' numbers in the batch, from 0: int64 <c>[selected]</c>.</param>
    /// <returns>A mask with <c>selected</c> rows, in the order of <paramref name="images"/>.</returns>
    public PatchMask Select(Tensor images) =>
        new(Visible.index_select(0, images), Hidden.index_select(0, images), Restore.index_select(0, images));
}
