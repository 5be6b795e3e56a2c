using System.Text.Json;

namespace Rils.ZeroShot;

/// <summary>Reads the file that lists the classes' phrases.</summary>
static class ClassPhrases
{
    /// <summary>One phrase per class, in the order of the class numbers.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of phrases; the message names the file and the
    /// entry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        RegularFile.Require(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"there is no file `{path}`, which `classes` names: give a JSON list of the classes' phrases");
        var bytes = File.ReadAllBytes(path);
        if (StandIn.Of(bytes) is { } other)
            throw new InvalidDataException($"{path} is no list of classes, but {other}");
        try
        {
            using var json = JsonDocument.Parse(PlainText.Decode(bytes));
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() < 2)
                throw new InvalidDataException($"{path}: a list of at least two classes is needed");
            return [.. json.RootElement.EnumerateArray().Select((entry, number) => Phrase(entry)
                ?? throw new InvalidDataException(
                    $"{path}: class {number} is neither a phrase nor {{ \"name\": ..., \"phrase\": ... }}"))];
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

    /// <summary>Makes a warning about classes with the same phrase, which no model can tell apart; null where there are
    /// none. As for tokenizers, case and white space make no difference.</summary>
    public static string? Twice(IReadOnlyList<string> phrases, string path)
    {
        var same = phrases.Index()
            .GroupBy(entry => string.Join(' ', entry.Item.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).ToArray();
        if (same.Length == 0) return null;
        var more = same.Length > 1 ? $" (and {same.Length - 1} more such phrases)" : "";
        var classes = string.Join(" and ", same[0].Select(entry => entry.Index));
        return $"classes {classes} of {path} have one phrase, \"{same[0].Key}\"{more}: no model can tell them apart, " +
            "and every sample of them counts as wrong. Give each class a phrase of its own";
    }

    static string? Phrase(JsonElement entry)
    {
        try
        {
            var text = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("phrase", out var phrase)
                ? phrase : entry;
            return text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString())
                ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair, which is no text.
            return null;
        }
    }
}
