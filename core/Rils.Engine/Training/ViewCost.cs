using Rils.Contract;

namespace Rils.Engine.Training;

/// <summary>The cost of an arm's passes over the augmented views of one image.</summary>
/// <param name="Flops">Floating-point operations of the forward passes over all views; a multiply-add counts as
/// two.</param>
sealed record ViewCost(long Flops)
{
    /// <summary>Counts the passes of a backbone.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="sizes">The side of each view, in pixels.</param>
    /// <param name="imageSize">The side of the experiment's images.</param>
    /// <exception cref="InvalidOperationException">The backbone does not take views of a size.</exception>
    public static ViewCost Of(Backbone backbone, IReadOnlyList<int> sizes, int imageSize) =>
        new(sizes.Sum(size => size == imageSize ? backbone.Flops : Other(backbone, size, imageSize)));

    static long Other(Backbone backbone, int size, int imageSize)
    {
        if (backbone is not IOtherSizes other)
            throw new InvalidOperationException($"[data.views] makes views of {size} pixels, and the backbone "
                + $"{backbone.GetType().Name} takes {imageSize} alone, the size in [data] image: let all views have "
                + "this size, or take another [backbone]");
        if (other.SizeMistake(size) is { } mistake)
            throw new InvalidOperationException(
                $"[data.views] makes views of {size} pixels, which the backbone cannot take: {mistake}");
        return other.FlopsFor(size);
    }
}
