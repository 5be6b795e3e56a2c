using System.Globalization;
using System.Text;

namespace Rils.Bpe;

/// <summary>Unicode's full lower-casing, like Python's <c>str.lower</c>. .NET maps one code point to one, and has no
/// final sigma.</summary>
static class LowerCase
{
    const char CapitalSigma = '\u03A3', FinalSigma = '\u03C2';

    public static string Of(string text)
    {
        if (text.Contains(CapitalSigma)) text = WithFinalSigmas(text);
        // The only code point whose lower case has two: i and a combining dot.
        return text.Replace("\u0130", "i\u0307").ToLowerInvariant();
    }

    /// <summary>A capital sigma is final when a cased letter stands before it and none after it (Unicode 3.13,
    /// Final_Sigma).</summary>
    static string WithFinalSigmas(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < runes.Length; i++)
        {
            var final = runes[i].Value == CapitalSigma && IsCasedNext(runes, i, -1) && !IsCasedNext(runes, i, 1);
            result.Append(final ? FinalSigma.ToString() : runes[i].ToString());
        }
        return result.ToString();
    }

    static bool IsCasedNext(Rune[] runes, int from, int step)
    {
        var i = from + step;
        while (i >= 0 && i < runes.Length && IsCaseIgnorable(runes[i])) i += step;
        return i >= 0 && i < runes.Length && IsCased(runes[i]);
    }

    static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    static bool IsCaseIgnorable(Rune rune) =>
        rune.Value is '\'' or '.' or ':' or '\u00B7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
        or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
