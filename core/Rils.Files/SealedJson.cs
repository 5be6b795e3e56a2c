using System.Security.Cryptography;
using System.Text;

namespace Rils.Files;

/// <summary>JSON files that end with a SHA-256 of all text before it, which shows a lost bit or an edit.</summary>
static class SealedJson
{
    const string End = "\n}\n", Key = ",\n  \"seal\": \"";

    /// <summary>Writes the text of a file.</summary>
    /// <param name="value">A value whose JSON is an object with at least one key.</param>
    public static string Write<T>(T value)
    {
        var text = RunJson.Write(value);
        return $"{text[..^End.Length]}{Key}{Hash(text)}\"{End}";
    }

    /// <summary>Reads the text of a file; null for text that is damaged or was edited.</summary>
    public static T? TryRead<T>(string text) where T : class
    {
        var at = text.LastIndexOf(Key, StringComparison.Ordinal);
        if (at < 0) return null;
        var whole = text[..at] + End;
        return text == $"{text[..at]}{Key}{Hash(whole)}\"{End}" ? RunJson.TryRead<T>(whole) : null;
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
