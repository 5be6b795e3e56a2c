namespace Rils.ZeroShot;

/// <summary>The sentences into which a class's phrases go.</summary>
static class PromptTemplates
{
    /// <summary>The place of the phrase.</summary>
    const string Place = "{}";

    /// <summary>The sets that come with this head, written for it. Phrases bring their article: <c>a dog</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Sets { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["photos"] =
            [
                "a photo of {}", "a close-up photo of {}", "a bright photo of {}", "a dark photo of {}",
                "a blurry photo of {}", "a cropped photo of {}", "a black and white photo of {}",
                "a photo of {}, seen from afar",
            ],
            ["drawings"] = ["{}", "a picture of {}", "a drawing of {}", "{}, clip art"],
        };

    /// <summary>The sentences that the options ask for.</summary>
    /// <exception cref="ArgumentException">A template has no <c>{}</c>, and is no set's name.</exception>
    /// <exception cref="InvalidDataException">The file of templates holds something else.</exception>
    public static IReadOnlyList<string> Of(ZeroShotOptions options) =>
        options.TemplatesFile is { } path ? Read(path)
            : [.. (options.Templates ?? ["photos"]).SelectMany(Given)];

    static IReadOnlyList<string> Given(string given) => Sets.TryGetValue(given, out var set) ? set
        : given.Contains(Place, StringComparison.Ordinal) ? [given]
        : throw new ArgumentException($"the template \"{given}\" has no {Place} for the class's phrase, and is none of "
            + $"the sets {string.Join(" and ", Sets.Keys.Select(name => $"\"{name}\""))}");

    static IReadOnlyList<string> Read(string path)
    {
        var entries = JsonList.Read(path, "templates_file", "list of templates");
        if (entries.Count == 0) throw new InvalidDataException($"{path}: at least one template is needed");
        return [.. entries.Select((entry, number) =>
            JsonList.Text(entry) is { } text && text.Contains(Place, StringComparison.Ordinal) ? text
                : throw new InvalidDataException($"{path}: template {number} is no sentence with {Place} for the "
                    + "class's phrase"))];
    }
}
