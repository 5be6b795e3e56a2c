namespace Rils.Imaging;

/// <summary><see cref="SimClrViews"/>, with the decoding threads spread over the copies of libvips.</summary>
sealed class SpreadViews(SimClrViewsOptions options, int size) : IViewAugmentation
{
    readonly PerThread<IViewAugmentation> views = new(new SimClrViews(options, size), options, size, LibvipsCopies.All);

    /// <inheritdoc/>
    public (ImageCrop First, ImageCrop Second) Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second) =>
        views.Mine.Make(encoded, random, first, second);
}
