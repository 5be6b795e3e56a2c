namespace Rils.WebDataset;

/// <summary>The parts of one sample; null where the shard has none.</summary>
/// <param name="Key">The files' common name, before the first dot; unique in its shard.</param>
/// <param name="Image">A file <c>.jpg</c>, <c>.jpeg</c>, <c>.png</c> or <c>.webp</c>.</param>
/// <param name="Caption">A file <c>.txt</c>.</param>
/// <param name="Class">A file <c>.cls</c>.</param>
/// <param name="Json">A file <c>.json</c>, whose <c>caption</c> is taken where there is no <c>.txt</c>.</param>
/// <param name="Others">The further files of that name, for messages: <c>.0.txt, .1.txt</c>. Empty where there are
/// none.</param>
readonly record struct IndexedSample(string Key, Slice? Image, Slice? Caption, Slice? Class, Slice? Json, string Others)
{
    /// <summary>The sample's files, for messages: <c>an image, a .cls</c>.</summary>
    public string Parts => string.Join(", ", Names());

    IEnumerable<string> Names()
    {
        if (Image is not null) yield return "an image";
        if (Caption is not null) yield return "a .txt";
        if (Class is not null) yield return "a .cls";
        if (Json is not null) yield return "a .json";
        if (Others.Length > 0) yield return Others;
    }
}
