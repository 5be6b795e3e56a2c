namespace Rils.Contract;

/// <summary>Slot <c>[data.views]</c>: makes two views of an image file, for objectives that compare views. Several
/// threads call it at once.</summary>
public interface IViewAugmentation
{
    /// <summary>Decodes once, and makes both views.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="random">The stream of this sample's views in this step; draw all random numbers from it.</param>
    /// <param name="first">Receives the first view: uint8 <c>[3, size, size]</c>, the red, the green and the blue
    /// plane, row by row.</param>
    /// <param name="second">Receives the second view, laid out like the first.</param>
    /// <returns>The part of the image that each view shows.</returns>
    /// <exception cref="SampleException">The bytes are no image, or one that cannot be used.</exception>
    (ImageCrop First, ImageCrop Second) Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second);
}
