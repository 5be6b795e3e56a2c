using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rils.ZeroShot;

/// <summary>Reads the classes' phrases, from a file or from the names that the data gives its classes.</summary>
static partial class ClassPhrases
{
    /// <summary>Makes a phrase of each class name: <c>guinea_pig</c> becomes <c>guinea pig</c>.</summary>
    /// <param name="names">The names; null where the data does not name its classes.</param>
    /// <param name="mayBe">Whether the data may have classes at all.</param>
    /// <exception cref="InvalidDataException">The data has no classes, does not name them, or has a single
    /// one.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string>? names, bool mayBe) => names switch
    {
        null when !mayBe => throw new InvalidDataException("classes = \"auto\" takes the names that the data gives its "
            + "classes, and this data has no class: name the column of classes by `label_column` (tables, Parquet), "
            + "put images into class folders or a .cls beside each image of a shard, or drop this head"),
        null => throw new InvalidDataException("classes = \"auto\" takes the names that the data gives its classes, "
            + "and this data has numbers alone: name a JSON file, as in classes = \"classes.json\", with a phrase for "
            + "each class number"),
        [] or [_] => throw new InvalidDataException(
            $"classes = \"auto\": the data has {names.Count} named classes; at least two are needed"),
        _ => [.. names.Select(name => string.Join(' ', name.Split(['_', ' '], StringSplitOptions.RemoveEmptyEntries)))],
    };

    /// <summary>The classes, in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of phrases; the message names the file and the
    /// entry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ListedClass> Read(string path)
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
            return [.. json.RootElement.EnumerateArray().Select((entry, number) => Class(entry)
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

    /// <summary>Makes a warning about names without a word of at least two letters, as ImageNet's folders have; null
    /// where there are none.</summary>
    public static string? Wordless(IReadOnlyList<string> phrases)
    {
        string[] wordless = [.. phrases.Where(phrase => !Word().IsMatch(phrase))];
        return wordless.Length == 0 ? null
            : $"{wordless.Length} of the {phrases.Count} classes of the data have no word in their names, as "
                + $"\"{wordless[0]}\": a text encoder makes nothing of that. Name a JSON file of phrases in `classes`";
    }

    [GeneratedRegex(@"(?<!\p{L})\p{L}{2,}")]
    private static partial Regex Word();

    static ListedClass? Class(JsonElement entry)
    {
        try
        {
            return Text(entry, "phrase") is { } phrase && !string.IsNullOrWhiteSpace(phrase)
                ? new(phrase, entry.ValueKind == JsonValueKind.Object ? Text(entry, "name") : null) : null;
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half of a surrogate pair, which is no text.
            return null;
        }
    }

    /// <summary>The text of a property, or of an entry that is a text itself.</summary>
    static string? Text(JsonElement entry, string property)
    {
        var text = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(property, out var own) ? own : entry;
        return text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }
}
