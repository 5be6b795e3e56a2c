using System.Globalization;
using Rils.Analysis.Findings;

namespace Rils.Analysis;

/// <summary>Numbers for people, the same in every country and wherever they are shown.</summary>
public static class Figures
{
    const double SmallestShown = 1e-4;

    /// <summary>Counts whole, everything else with four digits; empty for null.</summary>
    public static string Metric(double? value) => value is { } number
        ? number.ToString(number == Math.Floor(number) && Math.Abs(number) < 1e9 ? "0" : "G4", CultureInfo.InvariantCulture) : "";

    /// <summary>A difference: with its sign, rounding errors left out; empty for null.</summary>
    public static string Signed(double? value) => value is { } number ? (number > 0 ? "+" : "") + Metric(Math.Round(number, 10)) : "";

    /// <summary><c>-0.1 to +0.2</c>; empty for null.</summary>
    public static string Range(Interval? interval) => interval is null ? "" : $"{Signed(interval.Low)} to {Signed(interval.High)}";

    /// <summary>A p with four decimals, or below what; empty for null.</summary>
    public static string P(double? p) => p switch
    {
        null => "",
        < SmallestShown => $"<{SmallestShown.ToString("0.0000", CultureInfo.InvariantCulture)}",
        { } value => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>One number, or the smallest and the largest.</summary>
    public static string Ends(IEnumerable<double> numbers, Func<double?, string> show)
    {
        double[] all = [.. numbers];
        if (all.Length == 0) return "";
        var (low, high) = (show(all.Min()), show(all.Max()));
        return low == high ? low : $"{low} to {high}";
    }

    /// <summary>What is concluded; empty where nothing is.</summary>
    public static string Of(Finding? finding) => finding switch
    {
        null or Finding.TooFewSeeds => "",
        Finding.NoDifferenceFound => "no difference found",
        { } found => found.ToString().ToLowerInvariant(),
    };

    /// <summary>A count with every digit: <c>4,000</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
