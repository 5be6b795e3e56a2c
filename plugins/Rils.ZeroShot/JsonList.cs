using System.Text.Json;

namespace Rils.ZeroShot;

/// <summary>Reads a JSON file that an option names and that holds a list.</summary>
static class JsonList
{
    /// <summary>The entries of the list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The option that names the file.</param>
    /// <param name="what">The list in words: <c>list of classes</c>.</param>
    /// <exception cref="InvalidDataException">The file holds no list; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<JsonElement> Read(string path, string key, string what)
    {
        RegularFile.Require(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"there is no file `{path}`, which `{key}` names: give a JSON {what}");
        var bytes = File.ReadAllBytes(path);
        if (StandIn.Of(bytes) is { } other) throw new InvalidDataException($"{path} is no {what}, but {other}");
        try
        {
            var json = JsonElement.Parse(PlainText.Decode(bytes));
            return json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()]
                : throw new InvalidDataException($"{path} is no {what}, but {Kind(json)}: `{key}` takes a JSON list, "
                    + "as in [\"...\", \"...\"]");
        }
        catch (FormatException problem)
        {
            throw new InvalidDataException(
                $"{path} is {problem.Message}. JSON is UTF-8: convert the file, as by iconv -f latin1 -t utf-8",
                problem);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The text of an entry; null where the entry is no text, or a blank one.</summary>
    public static string? Text(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.String) return null;
        try
        {
            return entry.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair, which is no text.
            return null;
        }
    }

    static string Kind(JsonElement json) => json.ValueKind == JsonValueKind.Object ? "a JSON object" : "a single value";
}
