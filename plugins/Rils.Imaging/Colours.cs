namespace Rils.Imaging;

/// <summary>Changes the colours of RGB planes <c>[3, size, size]</c> in place as Pillow does, which torchvision calls:
/// blends the image with a duller one, clamps to 0..255 and drops the fraction.</summary>
static class Colours
{
    /// <summary>Blends with black: factor 0 gives black, 1 changes nothing, more is brighter.</summary>
    public static void Brightness(Span<byte> pixels, float factor)
    {
        foreach (ref var value in pixels) value = Blend(0, value, factor);
    }

    /// <summary>Blends with the image's mean lightness, rounded.</summary>
    public static void Contrast(Span<byte> pixels, float factor)
    {
        var count = pixels.Length / 3;
        long sum = 0;
        for (var i = 0; i < count; i++) sum += Lightness(pixels, i, count);
        var mean = (byte)((double)sum / count + 0.5);
        foreach (ref var value in pixels) value = Blend(mean, value, factor);
    }

    /// <summary>Blends with each pixel's own lightness.</summary>
    public static void Saturation(Span<byte> pixels, float factor)
    {
        var count = pixels.Length / 3;
        for (var i = 0; i < count; i++)
        {
            var grey = Lightness(pixels, i, count);
            for (var at = i; at < pixels.Length; at += count) pixels[at] = Blend(grey, pixels[at], factor);
        }
    }

    /// <summary>Replaces each pixel's colour by its lightness.</summary>
    public static void Grey(Span<byte> pixels)
    {
        var count = pixels.Length / 3;
        for (var i = 0; i < count; i++)
            pixels[i] = pixels[i + count] = pixels[i + 2 * count] = Lightness(pixels, i, count);
    }

    /// <summary>Pillow's <c>ImageOps.solarize</c> with its usual threshold: numbers from 128 on become 255 minus
    /// themselves.</summary>
    public static void Solarize(Span<byte> pixels)
    {
        foreach (ref var value in pixels) value = value < 128 ? value : (byte)(255 - value);
    }

    /// <summary>ITU-R 601: 0.299 red + 0.587 green + 0.114 blue, in fixed point with 16 bits behind the
    /// point.</summary>
    static byte Lightness(ReadOnlySpan<byte> pixels, int at, int count) =>
        (byte)((19595 * pixels[at] + 38470 * pixels[at + count] + 7471 * pixels[at + 2 * count] + 0x8000) >> 16);

    static byte Blend(byte dull, byte value, float factor) =>
        (byte)Math.Clamp(dull + factor * (value - dull), 0f, 255f);
}
