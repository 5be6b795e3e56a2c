namespace Rils.Imaging;

/// <summary>Changes the look of cropped images at random.</summary>
static class Look
{
    /// <summary>Changes an image in place. Each choice has its own stream, so an option changes nothing but its own
    /// choice.</summary>
    /// <param name="options">The shares and ranges of the changes.</param>
    /// <param name="random">The image's stream.</param>
    /// <param name="pixels">RGB planes <c>[3, size, size]</c>.</param>
    /// <param name="size">Side, in pixels.</param>
    public static void Change(CropOptions options, RandomStream random, Span<byte> pixels, int size)
    {
        if (Happens(random, "jitter", options.JitterShare))
            ColourJitter.Apply(pixels, options.Jitter, random.Fork("colours").Draw());
        if (Happens(random, "grey", options.GreyShare)) Colours.Grey(pixels);
        if (Happens(random, "blur", options.BlurShare))
        {
            var (sharp, soft) = (options.BlurSigma[0], options.BlurSigma[1]);
            GaussianBlur.Apply(pixels, size, sharp + (soft - sharp) * random.Fork("sigma").Draw().NextDouble());
        }
        if (Happens(random, "solarize", options.SolarizeShare)) Colours.Solarize(pixels);
    }

    /// <summary>Draws whether a change is made.</summary>
    public static bool Happens(RandomStream random, string what, double share) =>
        random.Fork(what).Draw().NextDouble() < share;
}
