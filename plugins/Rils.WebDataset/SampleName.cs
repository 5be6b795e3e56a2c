namespace Rils.WebDataset;

/// <summary>The parts of a member's name: the key of its sample up to the first dot of the file's name, then the
/// field.</summary>
/// <param name="Key">The path up to the dot.</param>
/// <param name="Field">The rest in lower case: <c>jpg</c>, <c>0.txt</c>.</param>
readonly record struct SampleName(string Key, string Field)
{
    static readonly string[] images = ["jpg", "jpeg", "png", "webp"];

    /// <summary>Whether another program put the file beside those of samples: macOS adds names with <c>._</c> and
    /// <c>.DS_Store</c>, WebDataset adds <c>__name__</c>.</summary>
    public static bool IsOfNone(string name)
    {
        var file = name.AsSpan(name.LastIndexOf('/') + 1);
        return file.StartsWith("._") || file is ".DS_Store" || name.StartsWith("__", StringComparison.Ordinal);
    }

    /// <summary>Splits a name; null where it has no dot behind a first letter.</summary>
    public static SampleName? Of(string name)
    {
        var start = name.LastIndexOf('/') + 1;
        var dot = name.IndexOf('.', start);
        return dot <= start ? null : new(name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }

    /// <summary>The part that a field names; null for another file of a sample.</summary>
    public static SamplePart? PartOf(string field) => field switch
    {
        "txt" => SamplePart.Caption,
        "cls" => SamplePart.Class,
        "json" => SamplePart.Json,
        _ when IsImage(field) => SamplePart.Image,
        _ => null,
    };

    /// <summary>Whether a field, or the end of one, names an image.</summary>
    public static bool IsImage(string field) => images.Contains(field);
}
