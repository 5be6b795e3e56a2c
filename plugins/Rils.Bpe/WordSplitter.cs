using System.Globalization;
using System.Text;

namespace Rils.Bpe;

/// <summary>Splits as CLIP's pre-tokenization does: special tokens, English contractions, runs of letters, single
/// digits, runs of anything else.</summary>
/// <remarks>Written by hand, because .NET's regular expressions see UTF-16 units: letters beyond U+FFFF would not match
/// <c>\p{L}</c>.</remarks>
static class WordSplitter
{
    public const string StartOfText = "<|startoftext|>", EndOfText = "<|endoftext|>";

    static readonly string[] whole = [StartOfText, EndOfText, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'\u017F"];

    enum Sort { Space, Letter, Number, Other }

    /// <summary>The words of a cleaned text, in order.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = LengthAt(text, at, out var sort);
            if (sort != Sort.Space) yield return text.Substring(at, length);
            at += length;
        }
    }

    static int LengthAt(string text, int at, out Sort sort)
    {
        sort = Sort.Other;
        foreach (var literal in whole)
            if (string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0) return literal.Length;
        sort = SortAt(text, at, out var length);
        if (sort is Sort.Letter or Sort.Other)
            while (at + length < text.Length && SortAt(text, at + length, out var next) == sort) length += next;
        return length;
    }

    static Sort SortAt(string text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
        if (Rune.IsWhiteSpace(rune)) return Sort.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Sort.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber =>
                Sort.Number,
            _ => Sort.Other,
        };
    }
}
