namespace Rils.Contract;

/// <summary>Slot <c>[data.augmentation]</c>: an encoded image to the pixels that a model sees. Called from several threads at once.</summary>
public interface IAugmentation
{
    /// <summary>Decodes, crops and resizes for training.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="random">The stream of this sample in this step; whatever is random is drawn from it.</param>
    /// <param name="pixels">Receives RGB bytes <c>[3, size, size]</c>.</param>
    /// <returns>What is odd about an image that is used all the same, in the words of <see cref="Sample.Remarks"/>;
    /// null where nothing is.</returns>
    /// <exception cref="SampleException">The bytes are no image that can be used.</exception>
    string? Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels);

    /// <summary>Decodes for evaluation: nothing random.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="pixels">Receives RGB bytes <c>[3, size, size]</c>.</param>
    /// <returns>As <see cref="Train"/> does.</returns>
    /// <exception cref="SampleException">The bytes are no image that can be used.</exception>
    string? Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels);
}
