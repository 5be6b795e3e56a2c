namespace Rils.Schedules;

/// <summary>Goes from one value to another along half a cosine (Loshchilov and Hutter 2017, equation 5, without
/// restarts).</summary>
static class HalfCosine
{
    /// <summary>The value at a place on the half cosine.</summary>
    /// <param name="from">The value at progress 0.</param>
    /// <param name="to">The value at progress 1.</param>
    /// <param name="progress">0..1.</param>
    public static double Between(double from, double to, double progress) =>
        to + 0.5 * (from - to) * (1 + Math.Cos(Math.PI * progress));
}
