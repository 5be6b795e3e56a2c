using System.Globalization;

namespace Rils.Configuration;

/// <summary>Keeps what people read short, however long the names and values in it are.</summary>
public static class LongText
{
    /// <summary>More than this, and a text is no longer read.</summary>
    const int Most = 2_000;

    /// <summary>A text as it is or, where it is very long, its beginning and its end, which say what is wrong and how
    /// to mend it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that pass; of a longer one about as many stay.</param>
    public static string Cut(string text, int most = Most)
    {
        if (text.Length <= most) return text;
        // Not between the halves of a character.
        int head = most / 2, tail = text.Length - most / 2;
        if (char.IsHighSurrogate(text[head - 1])) head--;
        if (char.IsLowSurrogate(text[tail])) tail++;
        return string.Create(CultureInfo.InvariantCulture,
            $"{text[..head]} … ({text.Length:N0} characters) … {text[tail..]}");
    }
}
