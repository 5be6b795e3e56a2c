namespace Rils.Contract;

/// <summary>Makes views also of an image which is decoded already.</summary>
public interface IDecodedViews : IViewAugmentation, IImageDecoder
{
    /// <summary>Makes all views.</summary>
    /// <param name="image">The image.</param>
    /// <param name="random">The stream of this sample's views in this step; draw all random numbers from it.</param>
    /// <param name="views">As many as <see cref="IViewAugmentation.Sizes"/>. Each receives a view: uint8
    /// <c>[3, size, size]</c>, the red, the green and the blue plane, row by row.</param>
    /// <returns>The part of the image that each view shows.</returns>
    /// <exception cref="SampleException">The image cannot be used.</exception>
    IReadOnlyList<ImageCrop> Make(DecodedImage image, RandomStream random, IReadOnlyList<Memory<byte>> views);
}
