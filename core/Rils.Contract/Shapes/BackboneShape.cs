using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>What other parts must know of a backbone before its weights exist.</summary>
/// <param name="Width">Width of a token.</param>
/// <param name="Grid">The patches of one image.</param>
/// <param name="PatchSize">Side of a patch, in pixels.</param>
public sealed record BackboneShape(int Width, PatchGrid Grid, int PatchSize)
{
    /// <summary>Images whose patches are of one colour each.</summary>
    /// <param name="patches"><c>[images, patches, channels]</c>.</param>
    /// <returns><c>[images, channels, rows · side, columns · side]</c>.</returns>
    public Tensor Fill(Tensor patches)
    {
        using var scope = NewDisposeScope();
        var cells = patches.transpose(1, 2).reshape(patches.shape[0], patches.shape[2], Grid.Rows, 1, Grid.Columns, 1);
        return cells.expand(-1, -1, -1, PatchSize, -1, PatchSize)
            .reshape(patches.shape[0], patches.shape[2], Grid.Rows * PatchSize, Grid.Columns * PatchSize).MoveToOuterDisposeScope();
    }
}
