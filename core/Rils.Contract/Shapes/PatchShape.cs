using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The tokens of an <see cref="ITokenBackbone"/>, which other parts need before its weights exist.</summary>
/// <param name="Grid">The patches of one image; at least one.</param>
/// <param name="PatchSize">Side of a square patch, in pixels; at least 1.</param>
/// <param name="Prefix">The number of tokens before those of the patches: 0 for none, 1 for a class token. Where there
/// are more, the class token is the first of them.</param>
public sealed record PatchShape(PatchGrid Grid, int PatchSize, int Prefix)
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
