using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rils.WebDataset;

/// <summary>Finds the caption in the json of a sample, as img2dataset and other Python programs write it.</summary>
static partial class JsonCaption
{
    const string Key = "caption";

    /// <summary>As deep as Python reads.</summary>
    static readonly JsonDocumentOptions options = new() { MaxDepth = 1000 };

    /// <summary>The text of <c>caption</c>; of a list of captions the first that is not blank. Null where there is
    /// none.</summary>
    /// <exception cref="FormatException">It is no JSON, or its caption no text; the message completes "its
    /// .json".</exception>
    public static string? Read(string json)
    {
        try
        {
            // Python writes NaN and Infinity for numbers, which JSON has not.
            using var document = JsonDocument.Parse(NoNumber()
                .Replace(json, static match => match.Value[0] == '"' ? match.Value : "null"), options);
            return Caption(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"is broken: {broken.Message}", broken);
        }
    }

    static string? Caption(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        // The last of that name, as Python takes it.
        var caption = root.EnumerateObject().LastOrDefault(IsCaption).Value;
        return caption.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => Text(caption),
            JsonValueKind.Array when caption.EnumerateArray()
                .All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Null) =>
                caption.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(Text)
                    .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
            _ =>
                throw new FormatException($"has a caption that is {(caption.ValueKind == JsonValueKind.Array ? "a list of other things than texts" : "no text")}"),
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
            // Another name, with half a surrogate pair.
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
            throw new FormatException(@"has a caption with half of a surrogate pair (as \ud83d), which is no text: it was cut within a character", half);
        }
    }

    /// <summary>Strings, which are passed over, and what stands where a number should.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NoNumber();
}
