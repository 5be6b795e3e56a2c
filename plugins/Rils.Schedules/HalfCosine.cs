namespace Rils.Schedules;

/// <summary>From one value to another along half a cosine (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
static class HalfCosine
{
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="progress">From 0 to 1.</param>
    public static double Between(double from, double to, double progress) => to + 0.5 * (from - to) * (1 + Math.Cos(Math.PI * progress));
}
