namespace Rils.Analysis.Findings;

/// <summary>An interval of 95% confidence, in the unit of the metric.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public sealed record Interval(double Low, double High)
{
    /// <summary>Its confidence, from 0 to 1.</summary>
    public const double Level = 0.95;
}
