using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The sizes of a backbone, which other parts need before its weights exist. All are at least 1.</summary>
/// <param name="Width">Width of a token, in numbers.</param>
/// <param name="Grid">The patches of one image.</param>
/// <param name="PatchSize">Side of a square patch, in pixels.</param>
public sealed record BackboneShape(int Width, PatchGrid Grid, int PatchSize)
{
    /// <summary>Draws images whose patches have one colour each.</summary>
    /// <param name="patches">The patches' colours, any type, <c>[images, patches, channels]</c>.</param>
    /// <returns><c>[images, channels, rows · side, columns · side]</c> in the same type, in pixels.</returns>
    public Tensor Fill(Tensor patches)
    {
        using var scope = NewDisposeScope();
        var cells = patches.transpose(1, 2).reshape(patches.shape[0], patches.shape[2], Grid.Rows, 1, Grid.Columns, 1);
        return cells.expand(-1, -1, -1, PatchSize, -1, PatchSize)
            .reshape(patches.shape[0], patches.shape[2], Grid.Rows * PatchSize, Grid.Columns * PatchSize)
            .MoveToOuterDisposeScope();
    }
}
