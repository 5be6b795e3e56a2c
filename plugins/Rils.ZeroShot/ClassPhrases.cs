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

    /// <summary>The classes, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of phrases; the message names the file and the
    /// entry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ListedClass> Read(string path)
    {
        var entries = JsonList.Read(path, "classes", "list of classes");
        return entries.Count < 2 ? throw new InvalidDataException($"{path}: a list of at least two classes is needed")
            : [.. entries.Select((entry, number) => Class(entry) ?? throw new InvalidDataException(
                $"{path}: class {number} is neither a phrase, nor a list of phrases, nor "
                    + "{ \"name\": ..., \"phrase\": ... }, where `phrases` may hold several"))];
    }

    /// <summary>Makes a warning about classes that share a phrase, by which no model can tell them apart; null where
    /// none do. As for tokenizers, case and white space make no difference.</summary>
    /// <param name="phrases">Each class's phrases.</param>
    /// <param name="names">Each class as a reader of the list knows it: its name, or its number.</param>
    /// <param name="path">The file of the list.</param>
    public static string? Twice(
        IReadOnlyList<IReadOnlyList<string>> phrases, IReadOnlyList<string> names, string path)
    {
        var same = phrases.Index()
            .SelectMany(entry => entry.Item.Select(Plain).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(phrase => (entry.Index, Phrase: phrase)))
            .GroupBy(entry => entry.Phrase, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .ToArray();
        if (same.Length == 0) return null;
        var more = same.Length > 1 ? $" (and {same.Length - 1} more such phrases)" : "";
        var classes = string.Join(" and ", same[0].Select(entry => names[entry.Index]));
        var end = same[0].All(entry => phrases[entry.Index].Count == 1)
            ? "no model can tell them apart, and every sample of them counts as wrong"
            : "this phrase does not tell them apart";
        return $"classes {classes} of {path} have one phrase, \"{same[0].Key}\"{more}: {end}. Give each class a phrase "
            + "of its own";
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

    static string Plain(string phrase) =>
        string.Join(' ', phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static ListedClass? Class(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object) return Phrases(entry) is { } alone ? new(alone, null) : null;
        var name = entry.TryGetProperty("name", out var named) ? JsonList.Text(named) : null;
        var own = entry.TryGetProperty("phrases", out var several) ? Phrases(several)
            : entry.TryGetProperty("phrase", out var one) ? Phrases(one) : null;
        return own is null ? null : new(own, name);
    }

    /// <summary>A phrase, or a list of phrases; null for anything else.</summary>
    static string[]? Phrases(JsonElement given)
    {
        string?[] texts = given.ValueKind == JsonValueKind.Array
            ? [.. given.EnumerateArray().Select(JsonList.Text)] : [JsonList.Text(given)];
        return texts.Length == 0 || texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }
}
