namespace Rils.Contract;

/// <summary>Slot <c>[data.augmentation]</c>: decodes an image file into the pixels that a model gets. Several threads
/// call it at once.</summary>
public interface IAugmentation
{
    /// <summary>Decodes, crops and resizes for training.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="random">The stream of this sample in this step; draw all random numbers from it.</param>
    /// <param name="pixels">Receives the image: uint8 <c>[3, size, size]</c>, the red, the green and the blue plane,
    /// row by row.</param>
    /// <returns>The part of the image that the pixels show, with a remark where the image is odd but usable.</returns>
    /// <exception cref="SampleException">The bytes are no image, or one that cannot be used.</exception>
    ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels);

    /// <summary>Decodes for evaluation: nothing random.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="pixels">Receives the image: uint8 <c>[3, size, size]</c>, the red, the green and the blue plane,
    /// row by row.</param>
    /// <returns>The part of the image that the pixels show, with a remark where the image is odd but usable.</returns>
    /// <exception cref="SampleException">The bytes are no image, or one that cannot be used.</exception>
    ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels);
}
