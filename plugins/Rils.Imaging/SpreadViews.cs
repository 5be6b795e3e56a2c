namespace Rils.Imaging;

/// <summary><see cref="SimClrViews"/>, with the decoding threads spread over the copies of libvips.</summary>
sealed class SpreadViews(SimClrViewsOptions options, int size) : IDecodedViews
{
    readonly PerThread<IDecodedViews> views = new(new SimClrViews(options, size), options, size, LibvipsCopies.All);

    /// <inheritdoc/>
    public IReadOnlyList<int> Sizes => views.Mine.Sizes;

    /// <inheritdoc/>
    public IReadOnlyList<ImageCrop> Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> pixels) =>
        views.Mine.Make(encoded, random, pixels);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => views.Mine.Decode(encoded);

    /// <inheritdoc/>
    public IReadOnlyList<ImageCrop> Make(
        DecodedImage image, RandomStream random, IReadOnlyList<Memory<byte>> pixels) =>
        views.Mine.Make(image, random, pixels);
}
