namespace Rils.Imaging;

/// <summary><see cref="RandomResizedCrop"/>, with the decoding threads spread over the copies of libvips.</summary>
sealed class SpreadCrop(RandomResizedCropOptions options, int size) : IDecodedAugmentation
{
    readonly PerThread<IDecodedAugmentation> crops =
        new(new RandomResizedCrop(options, size), options, size, LibvipsCopies.All);

    /// <inheritdoc/>
    public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels) =>
        crops.Mine.Train(encoded, random, pixels);

    /// <inheritdoc/>
    public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels) => crops.Mine.Evaluate(encoded, pixels);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => crops.Mine.Decode(encoded);

    /// <inheritdoc/>
    public ImageCrop Train(DecodedImage image, RandomStream random, Span<byte> pixels) =>
        crops.Mine.Train(image, random, pixels);

    /// <inheritdoc/>
    public ImageCrop Evaluate(DecodedImage image, Span<byte> pixels) => crops.Mine.Evaluate(image, pixels);
}
