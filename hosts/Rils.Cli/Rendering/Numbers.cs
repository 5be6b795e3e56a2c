using System.Globalization;

namespace Rils.Cli.Rendering;

/// <summary>Writes large numbers and durations for people, the same way in every country.</summary>
static class Numbers
{
    static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Writes a number with three digits and a prefix: <c>2.31 G</c>.</summary>
    public static string Short(double value)
    {
        var power = 0;
        for (; Math.Abs(value) >= 999.5 && power < Prefixes.Length - 1; power++) value /= 1000;
        var digits = Math.Abs(value) >= 99.95 || (power == 0 && value == Math.Floor(value)) ? "0"
            : Math.Abs(value) >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Prefixes[power]}".TrimEnd();
    }

    /// <summary>Writes a duration: <c>8s</c>, <c>3m05s</c>, <c>2h07m</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Round(Math.Max(0, time.TotalSeconds));
        return seconds < 60 ? $"{seconds}s" : seconds < 3600 ? $"{seconds / 60}m{seconds % 60:00}s"
            : $"{seconds / 3600}h{seconds / 60 % 60:00}m";
    }
}
