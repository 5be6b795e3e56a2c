namespace Rils.Contract;

/// <summary>Makes two views also of an image which is decoded already.</summary>
public interface IDecodedViews : IViewAugmentation, IImageDecoder
{
    /// <summary>Makes both views.</summary>
    /// <param name="image">The image.</param>
    /// <param name="random">The stream of this sample's views in this step; draw all random numbers from it.</param>
    /// <param name="first">Receives the first view: uint8 <c>[3, size, size]</c>, the red, the green and the blue
    /// plane, row by row.</param>
    /// <param name="second">Receives the second view, laid out like the first.</param>
    /// <returns>The part of the image that each view shows.</returns>
    /// <exception cref="SampleException">The image cannot be used.</exception>
    (ImageCrop First, ImageCrop Second) Make(
        DecodedImage image, RandomStream random, Span<byte> first, Span<byte> second);
}
