using System.Globalization;
using Rils.Analysis.Findings;
using Rils.Contract;

namespace Rils.Analysis;

/// <summary>Writes numbers for people, the same way in every culture and on every page.</summary>
public static class Figures
{
    const double SmallestShown = 1e-4;

    /// <summary>Writes a whole number below 1e9 in full and any other number with four significant digits; writes
    /// nothing for null.</summary>
    public static string Metric(double? value)
    {
        if (value is not { } number) return "";
        var isCount = number == Math.Floor(number) && Math.Abs(number) < 1e9;
        return number.ToString(isCount ? "0" : "G4", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a spread with three significant digits, or as a whole number from 1,000 on; writes nothing for
    /// null.</summary>
    public static string Spread(double? value) => value is { } number
        ? number.ToString(Math.Abs(number) >= 999.5 ? "0" : "G3", CultureInfo.InvariantCulture) : "";

    /// <summary>Writes a difference like a spread, with its sign and without rounding errors below 1e-10; writes
    /// nothing for null.</summary>
    public static string Signed(double? value)
    {
        if (value is not { } number) return "";
        var rounded = Math.Round(number, 10) + 0.0; // The sum makes -0 a 0.
        return (rounded > 0 ? "+" : "") + Spread(rounded);
    }

    /// <summary>Writes an interval: <c>-0.1 to +0.2</c>; writes nothing for null.</summary>
    public static string Range(Interval? interval) =>
        interval is null ? "" : $"{Signed(interval.Low)} to {Signed(interval.High)}";

    /// <summary>Writes an interval, or why there is none: <c>identical outcomes</c>, <c>constant
    /// difference</c>.</summary>
    public static string Range(Interval? interval, Degenerate? degenerate) => degenerate switch
    {
        null => Range(interval),
        Degenerate.IdenticalOutcomes => "identical outcomes",
        _ => "constant difference",
    };

    /// <summary>Writes a share: <c>62%</c>.</summary>
    public static string Share(double share) => share.ToString("0%", CultureInfo.InvariantCulture);

    /// <summary>Writes a p value with four decimals, or <c>&lt;0.0001</c> below that; writes nothing for
    /// null.</summary>
    public static string P(double? p) => p switch
    {
        null => "",
        < SmallestShown => $"<{SmallestShown.ToString("0.0000", CultureInfo.InvariantCulture)}",
        { } value => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes the conclusion of a finding: <c>better</c> or <c>worse</c> where the metric says which way is
    /// better, else <c>higher</c> or <c>lower</c>; writes nothing where there is none.</summary>
    public static string Of(Finding? finding, MetricReading reading) => (finding, reading) switch
    {
        (null or Finding.TooFewSeeds, _) => "",
        (Finding.NoDifferenceFound, _) => "none found",
        (Finding.NotTestable, _) => "not testable",
        (Finding.Higher, MetricReading.HigherIsBetter) or (Finding.Lower, MetricReading.LowerIsBetter) => "better",
        (Finding.Higher, MetricReading.LowerIsBetter) or (Finding.Lower, MetricReading.HigherIsBetter) => "worse",
        ({ } found, _) => found.ToString().ToLowerInvariant(),
    };

    /// <summary>Writes the conclusion about a metric, in brackets where it is exploratory: where the runs did not name
    /// the metric when they began.</summary>
    public static string Of(Finding? finding, MetricComparison metric) =>
        Of(finding, metric.Reading) is { Length: > 0 } text && !metric.IsPrimary ? $"({text})"
            : Of(finding, metric.Reading);

    /// <summary>Writes an arm's mean and its standard deviation over seeds: <c>0.412 ± 0.0123</c>; of one seed the
    /// value.</summary>
    public static string MeanOf(ArmComparison arm) =>
        Metric(arm.Mean) + (arm.Deviation is null ? "" : $" ± {Spread(arm.Deviation)}");

    /// <summary>Writes whether an equivalence is shown; writes nothing where none is asked for.</summary>
    public static string Of(Equivalence? equivalence) => equivalence switch
    {
        null => "",
        { IsShown: true } => "yes",
        _ => "not shown",
    };

    /// <summary>Writes the name of a compared metric as tables show the name.</summary>
    public static string Named(MetricComparison metric) => Named(metric.Metric, metric.Unit, metric.Reading);

    /// <summary>Writes a metric's name with its unit: <c>distance (px)</c>; and with what is better where that is not
    /// the higher: <c>distance (px, lower is better)</c>.</summary>
    public static string Named(string metric, string? unit, MetricReading reading = MetricReading.HigherIsBetter)
    {
        var told = string.Join(", ",
            ((string?[])[unit, reading == MetricReading.LowerIsBetter ? "lower is better" : null]).OfType<string>());
        return told.Length == 0 ? metric : $"{metric} ({told})";
    }

    /// <summary>Writes a count with every digit: <c>4,000</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
