namespace Rils.Contract;

/// <summary>A <see cref="Backbone"/> that also encodes square images of other sizes than <c>[data] image</c>, such as
/// the small views of multi-crop (Caron et al. 2020). <see cref="Backbone.Features"/>,
/// <see cref="ITokenBackbone.Encode"/> and <see cref="ITokenBackbone.Pool"/> take them as they take the
/// others.</summary>
public interface IOtherSizes
{
    /// <summary>Says what to change where the backbone cannot encode images of a size.</summary>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <returns>One sentence without a full stop, such as <c>patch = 16 does not divide 90 pixels</c>; null where the
    /// backbone takes such images.</returns>
    string? SizeMistake(int size);

    /// <summary>Counts the floating-point operations of one whole image's forward pass, as
    /// <see cref="Backbone.Flops"/> does for images of the experiment's size.</summary>
    /// <param name="size">Side of the image, in pixels: one that the backbone takes.</param>
    /// <returns>The operations; a multiply-add counts as two.</returns>
    long FlopsFor(int size);
}
