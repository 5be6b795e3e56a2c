namespace Rils.Engine.Bench;

/// <summary>The value in the middle: one slow step moves it little.</summary>
static class Median
{
    /// <summary>Of two in the middle their mean.</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new InvalidOperationException("no values have no median");
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
