namespace Rils.Imaging;

/// <summary>The filter that weights the pixels of an image that is resized. The filter widens for shrinking, so that
/// every pixel counts, as in Pillow (and so in torchvision on Pillow's images).</summary>
public enum Interpolation
{
    /// <summary>A triangle that reaches one pixel to each side; torchvision's default.</summary>
    Bilinear,

    /// <summary>Catmull and Rom's cubic, which reaches two pixels to each side.</summary>
    Bicubic,
}
