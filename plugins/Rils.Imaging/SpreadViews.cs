namespace Rils.Imaging;

/// <summary><see cref="SimClrViews"/>, with the decoding threads spread over the copies of libvips.</summary>
sealed class SpreadViews(SimClrViewsOptions options, int size) : IDecodedViews
{
    readonly PerThread<IDecodedViews> views = new(new SimClrViews(options, size), options, size, LibvipsCopies.All);

    /// <inheritdoc/>
    public (ImageCrop First, ImageCrop Second) Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second) =>
        views.Mine.Make(encoded, random, first, second);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => views.Mine.Decode(encoded);

    /// <inheritdoc/>
    public (ImageCrop First, ImageCrop Second) Make(
        DecodedImage image, RandomStream random, Span<byte> first, Span<byte> second) =>
        views.Mine.Make(image, random, first, second);
}
