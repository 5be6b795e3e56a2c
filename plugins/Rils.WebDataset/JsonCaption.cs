using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rils.WebDataset;

/// <summary>Finds the captions in a sample's json, as img2dataset and other Python programs write them.</summary>
static partial class JsonCaption
{
    const string Key = "caption";

    /// <summary>The deepest nesting that Python reads.</summary>
    static readonly JsonDocumentOptions options = new() { MaxDepth = 1000 };

    /// <summary>The texts of <c>caption</c>, one or a list, without white space around them; blank ones are left
    /// out.</summary>
    /// <exception cref="FormatException">The text is not JSON, or its caption is not a text; the message completes "its
    /// .json".</exception>
    public static IReadOnlyList<string> Read(string json)
    {
        try
        {
            // Python writes NaN and Infinity for numbers, which are not JSON.
            using var document = JsonDocument.Parse(NoNumber()
                .Replace(json, static match => match.Value[0] == '"' ? match.Value : "null"), options);
            return [.. Captions(document.RootElement).Select(text => text.Trim()).Where(text => text.Length > 0)];
        }
        catch (JsonException broken)
        {
            throw new FormatException($"is broken: {broken.Message}", broken);
        }
    }

    static IEnumerable<string> Captions(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return [];
        // The last of several keys `caption` counts, as in Python.
        var caption = root.EnumerateObject().LastOrDefault(IsCaption).Value;
        return caption.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            JsonValueKind.String => [Text(caption)],
            JsonValueKind.Array when caption.EnumerateArray()
                .All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Null) =>
                caption.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(Text),
            _ =>
                throw new FormatException("has a caption that is "
                    + (caption.ValueKind == JsonValueKind.Array ? "a list of other things than texts" : "no text")),
        };
    }

    static bool IsCaption(JsonProperty property)
    {
        try
        {
            return property.NameEquals(Key);
        }
        catch (InvalidOperationException)
        {
            // A key with half of a surrogate pair is not this key.
            return false;
        }
    }

    static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException half)
        {
            throw new FormatException(
                @"has a caption with half of a surrogate pair (as \ud83d), which is no text: "
                + "it was cut within a character",
                half);
        }
    }

    /// <summary>Matches a string, which stays as it is, and a word that Python writes in the place of a
    /// number.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NoNumber();
}
