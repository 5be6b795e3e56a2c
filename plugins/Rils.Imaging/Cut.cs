namespace Rils.Imaging;

/// <summary>The part that is cut out of an image.</summary>
/// <param name="Columns">The part's extent from left to right, in the image as it is shown.</param>
/// <param name="Rows">The part's extent from top to bottom.</param>
/// <param name="IsMirrored">Whether the result's left is the image's right.</param>
/// <param name="Interpolation">The filter by which the part is resized.</param>
readonly record struct Cut(Extent Columns, Extent Rows, bool IsMirrored, Interpolation Interpolation)
{
    /// <summary>The part in pixels of an image of this width and height.</summary>
    public ImageCrop Of(int width, int height) => new(
        Columns.Start, Rows.Start, Columns.Length, Rows.Length, IsMirrored, width, height);

    /// <summary>Resizes the part of a decoded image.</summary>
    /// <returns>The part, with the image's remark.</returns>
    public ImageCrop Resize(DecodedImage image, int size, Span<byte> pixels)
    {
        RgbPart.Resize(this, image.Rgb.Span, Extent.Cropped(0, image.Width), Extent.Cropped(0, image.Height), size,
            pixels);
        return Of(image.Width, image.Height) with { Remark = image.Remark };
    }

    /// <summary>The same part of an image that was decoded at 1/<paramref name="factor"/> of its size.</summary>
    public Cut Shrunk(int factor, int width, int height) =>
        factor == 1 ? this : this with { Columns = Columns.Shrunk(factor, width), Rows = Rows.Shrunk(factor, height) };
}
