namespace Rils.Imaging;

/// <summary>Turns hues as Pillow does, which has one byte for the whole colour circle.</summary>
static class Hue
{
    /// <summary>Turns all colours of RGB planes <c>[3, size, size]</c>, in place.</summary>
    /// <param name="pixels">The planes.</param>
    /// <param name="turn">-0.5 to 0.5 of the circle; truncated to a multiple of 1/255, as in torchvision.</param>
    public static void Turn(Span<byte> pixels, float turn)
    {
        var (count, shift) = (pixels.Length / 3, (int)(turn * 255));
        for (var i = 0; i < count; i++)
        {
            ref var red = ref pixels[i];
            ref var green = ref pixels[i + count];
            ref var blue = ref pixels[i + 2 * count];
            var (hue, saturation, value) = ToHsv(red, green, blue);
            (red, green, blue) = ToRgb((byte)(hue + shift), saturation, value);
        }
    }

    /// <summary>The hue, saturation and value of a colour, 0..255 each.</summary>
    public static (byte Hue, byte Saturation, byte Value) ToHsv(byte red, byte green, byte blue)
    {
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        if (most == least) return (0, 0, most);
        float range = most - least;
        var (r, g, b) = ((most - red) / range, (most - green) / range, (most - blue) / range);
        var sixths = red == most ? b - g : green == most ? 2 + r - b : 4 + g - r;
        // Between the steps in single precision, as in Pillow: a third of the circle is 85, not 84.
        var hue = (float)((sixths / 6.0 + 1) % 1);
        return ((byte)(hue * 255.0), (byte)(range / most * 255.0), most);
    }

    /// <summary>The colour of a hue, saturation and value, rounded.</summary>
    public static (byte Red, byte Green, byte Blue) ToRgb(byte hue, byte saturation, byte value)
    {
        if (saturation == 0) return (value, value, value);
        var (sixth, part) = (hue * 6 / 255, hue * 6 % 255 / 255.0);
        var share = saturation / 255.0;
        var low = Rounded(value * (1 - share));
        var falling = Rounded(value * (1 - share * part));
        var rising = Rounded(value * (1 - share * (1 - part)));
        return (sixth % 6) switch
        {
            0 => (value, rising, low),
            1 => (falling, value, low),
            2 => (low, value, rising),
            3 => (low, falling, value),
            4 => (rising, low, value),
            _ => (value, low, falling),
        };
    }

    static byte Rounded(double value) => (byte)Math.Round(value, MidpointRounding.AwayFromZero);
}
