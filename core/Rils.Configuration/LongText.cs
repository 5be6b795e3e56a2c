using System.Globalization;

namespace Rils.Configuration;

/// <summary>Shortens messages that hold very long names or values.</summary>
public static class LongText
{
    /// <summary>The length, in characters, beyond which nobody reads a text.</summary>
    const int Most = 2_000;

    /// <summary>The text; for a very long one its beginning and its end, which say what is wrong and how to fix
    /// it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters that pass uncut; about as many stay of a longer text.</param>
    public static string Cut(string text, int most = Most)
    {
        if (text.Length <= most) return text;
        // A surrogate pair is one character, so the cut moves out of it.
        int head = most / 2, tail = text.Length - most / 2;
        if (char.IsHighSurrogate(text[head - 1])) head--;
        if (char.IsLowSurrogate(text[tail])) tail++;
        return string.Create(CultureInfo.InvariantCulture,
            $"{text[..head]} … ({text.Length:N0} characters) … {text[tail..]}");
    }
}
