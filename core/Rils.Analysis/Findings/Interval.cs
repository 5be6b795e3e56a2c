namespace Rils.Analysis.Findings;

/// <summary>An interval of 95% confidence, in the unit of the metric.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Interval(double Low, double High)
{
    /// <summary>The confidence, 0 to 1.</summary>
    public const double Level = 0.95;
}
