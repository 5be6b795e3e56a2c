namespace Rils.Contract;

/// <summary>Decodes an image file as a whole, for code that changes the image before it is cropped.</summary>
public interface IImageDecoder
{
    /// <summary>Decodes an image file. Several threads call the method at once.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <returns>The image, in a new array that the caller may change.</returns>
    /// <exception cref="SampleException">The bytes are no image, or one that cannot be used.</exception>
    DecodedImage Decode(ReadOnlyMemory<byte> encoded);
}
