namespace Rils.Contract;

/// <summary>An image as it is shown: decoded, turned by EXIF, on white.</summary>
/// <param name="Width">The width, in pixels.</param>
/// <param name="Height">The height, in pixels.</param>
/// <param name="Rgb">uint8 <c>[height, width, 3]</c>: red, green and blue of each pixel, row by row.</param>
public sealed record DecodedImage(int Width, int Height, ReadOnlyMemory<byte> Rgb)
{
    /// <summary>Words for <see cref="ImageCrop.Remark"/> where the image file is odd but usable; null where nothing is
    /// odd.</summary>
    public string? Remark { get; init; }
}
