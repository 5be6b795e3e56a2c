namespace Rils.Imaging;

/// <summary>The weights of an <see cref="Interpolation"/>.</summary>
static class Filter
{
    /// <summary>The distance from the middle beyond which weights are 0, in pixels.</summary>
    public static double Support(Interpolation interpolation) => interpolation == Interpolation.Bilinear ? 1 : 2;

    /// <summary>The weight at a distance from the middle, in pixels, before all weights are scaled to the sum
    /// 1.</summary>
    public static double Weight(Interpolation interpolation, double distance)
    {
        var x = Math.Abs(distance);
        if (interpolation == Interpolation.Bilinear) return x < 1 ? 1 - x : 0;
        return x < 1 ? ((1.5 * x) - 2.5) * x * x + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * -0.5 : 0;
    }
}
