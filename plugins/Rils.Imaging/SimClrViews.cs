using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>SimCLR's augmentation, drawn for each view (Chen et al. 2020, appendix A), in the order of SLIP's trainer:
/// crop, colours, grey, blur, mirror. Small views beside the others make it multi-crop (Caron et al. 2020).</summary>
public sealed class SimClrViews : IDecodedViews
{
    readonly SimClrViewsOptions options;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="options">The number of views, and the ranges and shares that they are drawn from.</param>
    /// <param name="size">Side of the views that are not small, in pixels.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public SimClrViews(SimClrViewsOptions options, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        this.options = options;
        Sizes =
        [
            .. Enumerable.Repeat(size, options.Views),
            .. Enumerable.Repeat(options.SmallSize, options.SmallViews),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Sizes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ImageCrop> Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views)
    {
        ImageCrop[] shown = [];
        var first = ImageReader.Read(encoded, views, (image, views) =>
        {
            Cut[] cuts = [.. Sizes.Select((_, view) => Cut(image.Width, image.Height, random.Fork(view), view))];
            image.Decode(cuts, Sizes, views);
            shown = [.. cuts.Select(cut => cut.Of(image.Width, image.Height))];
            return shown[0];
        });
        foreach (var (view, size) in Sizes.Index()) Look.Change(options, random.Fork(view), views[view].Span, size);
        return [first, .. shown.Skip(1)];
    }

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => ImageReader.ReadWhole(encoded);

    /// <inheritdoc/>
    public IReadOnlyList<ImageCrop> Make(
        DecodedImage image, RandomStream random, IReadOnlyList<Memory<byte>> views)
    {
        return [.. Sizes.Select((size, view) => One(random.Fork(view), view, size))];

        ImageCrop One(RandomStream random, int view, int size)
        {
            var shown = Cut(image.Width, image.Height, random, view).Resize(image, size, views[view].Span);
            Look.Change(options, random, views[view].Span, size);
            return shown;
        }
    }

    Cut Cut(int width, int height, RandomStream random, int view)
    {
        var scale = view < options.Views ? options.Scale : options.SmallScale;
        var box = CropBox.Draw(width, height, scale, CropBox.UsualRatio, random.Fork("crop").Draw());
        // Colours and blur treat left and right alike, so mirroring first gives the same view as mirroring last.
        return new(
            Extent.Cropped(box.Left, box.Width), Extent.Cropped(box.Top, box.Height),
            Look.Happens(random, "flip", options.FlipShare), options.Interpolation);
    }
}
