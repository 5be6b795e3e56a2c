using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rils.Bpe;

/// <summary>Turns HTML character references into characters, as a browser and Python's <c>html.unescape</c> do, also
/// where the <c>;</c> is missing.</summary>
static partial class HtmlText
{
    const int LongestName = 32;

    /// <summary>The characters that browsers show for the references 0x80 to 0x9F: those of Windows-1252.</summary>
    const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    static readonly Lazy<Dictionary<string, string>> names = new(ReadNames);

    public static string Unescape(string text) =>
        text.Contains('&') ? Reference().Replace(text, static match => Character(match.Groups[1].Value)) : text;

    [GeneratedRegex(@"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    static string Character(string reference) => reference[0] == '#' ? Numbered(reference) : Named(reference);

    static string Named(string reference)
    {
        if (names.Value.TryGetValue(reference, out var whole)) return whole;
        for (var length = Math.Min(reference.Length - 1, LongestName); length > 1; length--)
            if (names.Value.TryGetValue(reference[..length], out var known)) return known + reference[length..];
        return "&" + reference;
    }

    static string Numbered(string reference)
    {
        var digits = reference.AsSpan(1).TrimEnd(';');
        var hexadecimal = digits[0] is 'x' or 'X';
        if (hexadecimal) digits = digits[1..];
        var significant = digits.TrimStart('0');
        if (significant.Length > 8) return "\uFFFD";
        var style = hexadecimal ? NumberStyles.HexNumber : NumberStyles.None;
        var number = significant.IsEmpty ? 0 : long.Parse(significant, style, CultureInfo.InvariantCulture);
        return number switch
        {
            0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) => "\uFFFD",
            '\r' => "\r",
            >= 0x80 and <= 0x9F => Windows1252[(int)number - 0x80].ToString(),
            < 0x09 or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => "",
            _ when (number & 0xFFFE) == 0xFFFE => "",
            _ => new Rune((int)number).ToString(),
        };
    }

    static Dictionary<string, string> ReadNames()
    {
        using var reader = new StreamReader(typeof(HtmlText).Assembly.GetManifestResourceStream("html5-entities.txt")!);
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split(' ');
            var codes = parts.Skip(1).Select(code => new Rune(int.Parse(code, NumberStyles.HexNumber)).ToString());
            table[parts[0]] = string.Concat(codes);
        }
        return table;
    }
}
