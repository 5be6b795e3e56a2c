using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Which patches of each image are hidden; the same number in every image.</summary>
/// <param name="Visible">Patch numbers, int64 <c>[batch, visible]</c>, in the order in which the backbone takes them.</param>
/// <param name="Hidden">Patch numbers, int64 <c>[batch, hidden]</c>.</param>
/// <param name="Restore">int64 <c>[batch, patches]</c>: where each patch stands in visible-then-hidden order.</param>
public sealed record PatchMask(Tensor Visible, Tensor Hidden, Tensor Restore)
{
    /// <summary>Keeps the patches with the smallest scores (He et al. 2022, section 3).</summary>
    /// <param name="scores"><c>[batch, patches]</c>, of any type that sorts.</param>
    /// <param name="visible">How many to keep in each image.</param>
    public static PatchMask KeepSmallest(Tensor scores, int visible)
    {
        var order = scores.argsort(dim: 1);
        var patches = scores.shape[1];
        return new(order.narrow(1, 0, visible), order.narrow(1, visible, patches - visible), order.argsort(dim: 1));
    }

    /// <summary>The mask of some of the images only.</summary>
    /// <param name="images">int64 <c>[selected]</c>.</param>
    public PatchMask Select(Tensor images) =>
        new(Visible.index_select(0, images), Hidden.index_select(0, images), Restore.index_select(0, images));
}
