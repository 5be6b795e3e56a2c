using System.Text;

namespace Rils.Bpe;

/// <summary>Cleans a text as CLIP's tokenizer does: unescapes references twice, collapses white space, makes letters
/// lower case.</summary>
/// <remarks>CLIP also repairs mojibake where the Python package ftfy is installed; this class does not.</remarks>
static class CaptionText
{
    public static string Clean(string text) =>
        LowerCase.Of(CollapseWhiteSpace(HtmlText.Unescape(HtmlText.Unescape(text))));

    static string CollapseWhiteSpace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!IsSpace(letter)) result.Append(letter);
            else if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
        }
        return result.ToString().TrimEnd(' ');
    }

    /// <summary>Python counts the four separators U+001C to U+001F as white space; .NET does not.</summary>
    static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is >= '\u001C' and <= '\u001F';
}
