using System.Buffers;
using System.Text;

namespace Rils.Files;

/// <summary>Makes text safe to print: a character that a terminal would obey is spelled out, as <c>\x1b</c> or
/// <c>\u202e</c>.</summary>
/// <remarks>Terminals obey control characters, and characters that change the direction of text.</remarks>
public static class Printable
{
    static readonly SearchValues<char> Obeyed = SearchValues.Create(
        [.. Range('\0', '\x1f'), .. Range('\x7f', '\x9f'), .. Range('\u202a', '\u202e'), .. Range('\u2066', '\u2069')]);

    /// <summary>Makes text of several lines safe: line feeds stay.</summary>
    public static string Lines(string text) => Spelled(text, keepsLines: true);

    /// <summary>Makes a foreign name or text safe and keeps it on one line.</summary>
    public static string Line(string text) => Spelled(text, keepsLines: false);

    static string Spelled(string text, bool keepsLines)
    {
        if (!text.AsSpan().ContainsAny(Obeyed)) return text;
        var result = new StringBuilder(text.Length + 16);
        foreach (var one in text)
            if (!Obeyed.Contains(one) || keepsLines && one == '\n') result.Append(one);
            else if (one < 0x100) result.Append($"\\x{(int)one:x2}");
            else result.Append($"\\u{(int)one:x4}");
        return result.ToString();
    }

    static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
