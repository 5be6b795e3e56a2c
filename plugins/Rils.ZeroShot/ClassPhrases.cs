using System.Text.Json;

namespace Rils.ZeroShot;

/// <summary>Reads the file of the classes' phrases.</summary>
static class ClassPhrases
{
    /// <summary>One phrase per class, in the order of the class numbers.</summary>
    /// <exception cref="InvalidDataException">The file is no list of phrases; the message names the file and the entry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        RegularFile.Require(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file `{path}`, which `classes` names: give a JSON list of the classes' phrases");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() < 2)
                throw new InvalidDataException($"{path}: a list of at least two classes is needed");
            return [.. json.RootElement.EnumerateArray().Select((entry, number) => Phrase(entry)
                ?? throw new InvalidDataException($"{path}: class {number} is neither a phrase nor {{ \"name\": ..., \"phrase\": ... }}"))];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    static string? Phrase(JsonElement entry)
    {
        var text = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("phrase", out var phrase) ? phrase : entry;
        return text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;
    }
}
