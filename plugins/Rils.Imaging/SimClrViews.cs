using System.ComponentModel.DataAnnotations;

namespace Rils.Imaging;

/// <summary>SimCLR's augmentation, drawn twice (Chen et al. 2020, appendix A), in the order of SLIP's trainer: crop,
/// colours, grey, blur, mirror.</summary>
public sealed class SimClrViews : IDecodedViews
{
    readonly SimClrViewsOptions options;
    readonly RandomResizedCropOptions crop;
    readonly int size;

    /// <summary>Makes the augmentation.</summary>
    /// <param name="options">The ranges and shares that views are drawn from.</param>
    /// <param name="size">Side of the views, in pixels.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public SimClrViews(SimClrViewsOptions options, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, this.size, crop) = (options, size, new() { Scale = options.Scale });
    }

    /// <inheritdoc/>
    public (ImageCrop First, ImageCrop Second) Make(
        ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second)
    {
        var (one, other) = (random.Fork(0), random.Fork(1));
        ImageCrop shown = default;
        var whole = ImageReader.Read(encoded, new Views(first, second), (image, views) =>
        {
            var (mine, others) = (Cut(image.Width, image.Height, one), Cut(image.Width, image.Height, other));
            image.DecodePair(mine, others, size, views.First, views.Second);
            shown = others.Of(image.Width, image.Height);
            return mine.Of(image.Width, image.Height);
        });
        Change(one, first);
        Change(other, second);
        return (whole, shown);
    }

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> encoded) => ImageReader.ReadWhole(encoded);

    /// <inheritdoc/>
    public (ImageCrop First, ImageCrop Second) Make(
        DecodedImage image, RandomStream random, Span<byte> first, Span<byte> second) =>
        (View(image, random.Fork(0), first), View(image, random.Fork(1), second));

    ImageCrop View(DecodedImage image, RandomStream random, Span<byte> view)
    {
        var shown = Cut(image.Width, image.Height, random).Resize(image, size, view);
        Change(random, view);
        return shown;
    }

    readonly ref struct Views(Span<byte> first, Span<byte> second)
    {
        public readonly Span<byte> First = first, Second = second;
    }

    // Each choice has its own stream, so an option changes nothing but its own choice.
    Cut Cut(int width, int height, RandomStream random)
    {
        var box = CropBox.Draw(width, height, crop, random.Fork("crop").Draw());
        // Colours and blur treat left and right alike, so mirroring first gives the same view as mirroring last.
        return new(
            Extent.Cropped(box.Left, box.Width), Extent.Cropped(box.Top, box.Height),
            Happens(random, "flip", options.FlipShare), options.Interpolation);
    }

    void Change(RandomStream random, Span<byte> view)
    {
        if (Happens(random, "jitter", options.JitterShare))
            ColourJitter.Apply(view, options.Jitter, random.Fork("colours").Draw());
        if (Happens(random, "grey", options.GreyShare)) Colours.Grey(view);
        if (!Happens(random, "blur", options.BlurShare)) return;
        var (sharp, soft) = (options.BlurSigma[0], options.BlurSigma[1]);
        GaussianBlur.Apply(view, size, sharp + (soft - sharp) * random.Fork("sigma").Draw().NextDouble());
    }

    static bool Happens(RandomStream random, string what, double share) =>
        random.Fork(what).Draw().NextDouble() < share;
}
