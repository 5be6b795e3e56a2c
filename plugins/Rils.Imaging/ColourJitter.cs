namespace Rils.Imaging;

/// <summary>torchvision's <c>ColorJitter</c>: changes brightness, contrast, saturation and hue, each by a factor of its
/// own, in random order.</summary>
static class ColourJitter
{
    /// <summary>Changes an image in place.</summary>
    /// <param name="pixels">RGB planes <c>[3, size, size]</c>.</param>
    /// <param name="reach">The largest distance of the brightness, contrast and saturation factors from 1, then of the
    /// hue factor from 0.</param>
    /// <param name="random">The stream: draws the order, then the four factors.</param>
    public static void Apply(Span<byte> pixels, IReadOnlyList<double> reach, RandomSequence random)
    {
        var order = random.Permutation(4);
        Span<float> factors = stackalloc float[4];
        for (var i = 0; i < 4; i++) factors[i] = (float)((i < 3 ? 1 : 0) + (2 * random.NextDouble() - 1) * reach[i]);
        foreach (var change in order) Change(pixels, change, factors[change]);
    }

    static void Change(Span<byte> pixels, int change, float factor)
    {
        switch (change)
        {
            case 0: Colours.Brightness(pixels, factor); break;
            case 1: Colours.Contrast(pixels, factor); break;
            case 2: Colours.Saturation(pixels, factor); break;
            default: Hue.Turn(pixels, factor); break;
        }
    }
}
