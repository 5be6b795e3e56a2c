using System;
using Rils.Contract;

public sealed class SquareImagesPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Augmentation<SquareImagesOptions, SquareImages>("square");
}

/// <summary>Fills each image up to a square before another augmentation crops it.</summary>
public sealed record SquareImagesOptions
{
    /// <summary>The augmentation that gets the square image.</summary>
    public required Wrapped<DataContext, IDecodedAugmentation> Over { get; init; }
}

sealed class SquareImages(SquareImagesOptions options, DataContext context) : IAugmentation
{
    readonly IDecodedAugmentation inner = options.Over.Make(context);

    public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
    {
        var image = inner.Decode(encoded);
        var shade = (byte)random.Fork("square").Draw().NextInt32(256); // a stream of its own
        return Moved(inner.Train(Square(image, shade), random, pixels), image); // the wrapped one's is as if alone
    }

    public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels)
    {
        var image = inner.Decode(encoded);
        return Moved(inner.Evaluate(Square(image, shade: 128), pixels), image);
    }

    static DecodedImage Square(DecodedImage image, byte shade)
    {
        var (side, left, top) = Place(image);
        var filled = new byte[3 * side * side];
        filled.AsSpan().Fill(shade);
        for (var row = 0; row < image.Height; row++)
            image.Rgb.Span.Slice(3 * row * image.Width, 3 * image.Width)
                .CopyTo(filled.AsSpan(3 * ((top + row) * side + left)));
        return image with { Width = side, Height = side, Rgb = filled };
    }

    // The crop in pixels of the image as it was.
    static ImageCrop Moved(ImageCrop crop, DecodedImage image)
    {
        var (_, left, top) = Place(image);
        return crop with
        {
            Left = crop.Left - left, Top = crop.Top - top, ImageWidth = image.Width, ImageHeight = image.Height,
        };
    }

    static (int Side, int Left, int Top) Place(DecodedImage image)
    {
        var side = Math.Max(image.Width, image.Height);
        return (side, (side - image.Width) / 2, (side - image.Height) / 2);
    }
}
