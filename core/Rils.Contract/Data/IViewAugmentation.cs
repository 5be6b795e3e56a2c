namespace Rils.Contract;

/// <summary>Slot <c>[data.views]</c>: makes several views of an image file, for objectives that compare views. Several
/// threads call it at once.</summary>
public interface IViewAugmentation
{
    /// <summary>The side of each view, in pixels, in the order of the views; at least one. The same for the object's
    /// whole life.</summary>
    IReadOnlyList<int> Sizes { get; }

    /// <summary>Decodes once, and makes all views.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="random">The stream of this sample's views in this step; draw all random numbers from it.</param>
    /// <param name="views">As many as <see cref="Sizes"/>. Each receives a view: uint8 <c>[3, size, size]</c>, the red,
    /// the green and the blue plane, row by row.</param>
    /// <returns>The part of the image that each view shows.</returns>
    /// <exception cref="SampleException">The bytes are no image, or one that cannot be used.</exception>
    IReadOnlyList<ImageCrop> Make(ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views);
}
