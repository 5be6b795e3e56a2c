namespace Rils.Contract;

/// <summary>Slot <c>[data.views]</c>: an encoded image to two views of it, for objectives that compare them. Called from several threads at once.</summary>
public interface IViewAugmentation
{
    /// <summary>Decodes once, and makes both views.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="random">The stream of this sample's views in this step; whatever is random is drawn from it.</param>
    /// <param name="first">Receives RGB bytes <c>[3, size, size]</c>.</param>
    /// <param name="second">Receives RGB bytes <c>[3, size, size]</c>.</param>
    /// <exception cref="SampleException">The bytes are no image that can be used.</exception>
    void Make(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second);
}
