namespace Rils.Contract;

/// <summary>An augmentation that also takes an image which is decoded already: what an augmentation holds that changes
/// the image before the crop.</summary>
/// <remarks>The methods of <see cref="IAugmentation"/> may decode a large JPEG at a fraction of its size, and so give
/// other bytes than these.</remarks>
public interface IDecodedAugmentation : IAugmentation, IImageDecoder
{
    /// <summary>Crops and resizes for training.</summary>
    /// <param name="image">The image.</param>
    /// <param name="random">The stream of this sample in this step; draw all random numbers from it.</param>
    /// <param name="pixels">Receives the image: uint8 <c>[3, size, size]</c>, the red, the green and the blue plane,
    /// row by row.</param>
    /// <returns>The part of the image that the pixels show, with the image's remark.</returns>
    /// <exception cref="SampleException">The image cannot be used.</exception>
    ImageCrop Train(DecodedImage image, RandomStream random, Span<byte> pixels);

    /// <summary>Crops and resizes for evaluation: nothing random.</summary>
    /// <param name="image">The image.</param>
    /// <param name="pixels">Receives the image: uint8 <c>[3, size, size]</c>, the red, the green and the blue plane,
    /// row by row.</param>
    /// <returns>The part of the image that the pixels show, with the image's remark.</returns>
    /// <exception cref="SampleException">The image cannot be used.</exception>
    ImageCrop Evaluate(DecodedImage image, Span<byte> pixels);
}
