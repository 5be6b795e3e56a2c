namespace Rils.Contract;

/// <summary>The part of an image that a model sees, in pixels of the image as it is shown (after EXIF
/// rotation).</summary>
/// <param name="Left">The left edge of the part; may lie within a pixel.</param>
/// <param name="Top">The upper edge of the part.</param>
/// <param name="Width">The part's width, which becomes the side of the square that the model sees.</param>
/// <param name="Height">The part's height, which becomes the same side.</param>
/// <param name="IsFlipped">Whether the model's left is the image's right.</param>
/// <param name="ImageWidth">The width of the whole image.</param>
/// <param name="ImageHeight">The height of the whole image.</param>
public readonly record struct ImageCrop(
    double Left, double Top, double Width, double Height, bool IsFlipped, int ImageWidth, int ImageHeight)
{
    /// <summary>Words for <see cref="Sample.Remarks"/> where the image is odd but usable; null where nothing is
    /// odd.</summary>
    public string? Remark { get; init; }

    /// <summary>Takes a point of the image to the square that the model sees.</summary>
    /// <param name="x">The point's distance from the image's left edge, in pixels.</param>
    /// <param name="y">The point's distance from the image's upper edge, in pixels.</param>
    /// <returns>The point as shares of the square's side, from its left and upper edge: 0 to 1 within the
    /// square.</returns>
    public (double X, double Y) Place(double x, double y)
    {
        var across = (x - Left) / Width;
        return (IsFlipped ? 1 - across : across, (y - Top) / Height);
    }
}
