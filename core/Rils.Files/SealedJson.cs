using System.Security.Cryptography;
using System.Text;

namespace Rils.Files;

/// <summary>JSON files that end with a SHA-256 of all before it: one that lost a bit, or that somebody has edited, is
/// known.</summary>
static class SealedJson
{
    const string End = "\n}\n", Key = ",\n  \"seal\": \"";

    /// <summary>The text of a file.</summary>
    /// <param name="value">Serialized as an object with at least one key.</param>
    public static string Write<T>(T value)
    {
        var text = RunJson.Write(value);
        return $"{text[..^End.Length]}{Key}{Hash(text)}\"{End}";
    }

    /// <summary>Null where the text is damaged, or was edited.</summary>
    public static T? TryRead<T>(string text) where T : class
    {
        var at = text.LastIndexOf(Key, StringComparison.Ordinal);
        if (at < 0) return null;
        var whole = text[..at] + End;
        return text == $"{text[..at]}{Key}{Hash(whole)}\"{End}" ? RunJson.TryRead<T>(whole) : null;
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
