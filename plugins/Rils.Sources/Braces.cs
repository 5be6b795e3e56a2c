using System.Globalization;
using System.Text.RegularExpressions;

namespace Rils.Sources;

/// <summary>Expands braces in a pattern as WebDataset's users write them: <c>{000..127}</c> for numbers,
/// <c>{train,val}</c> for names. Any other brace stands for itself.</summary>
static partial class Braces
{
    const int MostNumbers = 100_000;

    /// <summary>Makes one pattern for each choice of the braces.</summary>
    /// <exception cref="ArgumentException">There are too many choices.</exception>
    public static IEnumerable<string> Expand(string pattern)
    {
        if (Choice().Match(pattern) is not { Success: true } brace) return [pattern];
        var choices = brace.Groups[3].Success
            ? brace.Groups[3].Value.Split(',') : Numbers(brace.Groups[1].Value, brace.Groups[2].Value, pattern);
        return choices.SelectMany(choice =>
            Expand(pattern[..brace.Index] + choice + pattern[(brace.Index + brace.Length)..]));
    }

    /// <summary>Counts from one number to the other. Where one of them begins with a zero, all are padded to the wider
    /// one's width.</summary>
    static string[] Numbers(string from, string to, string pattern)
    {
        var (first, last) = (int.Parse(from, CultureInfo.InvariantCulture),
            int.Parse(to, CultureInfo.InvariantCulture));
        var count = Math.Abs(last - first) + 1;
        if (count > MostNumbers)
            throw new ArgumentException(
                $"`{{{from}..{to}}}` in `{pattern}` makes {count} files; the most is {MostNumbers}. "
                + "Match them by `*`");
        var isPadded = (from.Length > 1 && from[0] == '0') || (to.Length > 1 && to[0] == '0');
        var format = $"D{(isPadded ? Math.Max(from.Length, to.Length) : 1)}";
        return [.. Enumerable.Range(0, count)
            .Select(i => (first + Math.Sign(last - first) * i).ToString(format, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"\{(?:([0-9]{1,9})\.\.([0-9]{1,9})|([^{}]*,[^{}]*))\}")]
    private static partial Regex Choice();
}
