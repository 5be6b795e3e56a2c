namespace Rils.WebDataset;

/// <summary>Where the parts of one sample lie; null for a part that the shard does not have.</summary>
/// <param name="Key">The common name of the sample's files, up to the first dot; unique in its shard.</param>
/// <param name="Image">A file <c>.jpg</c>, <c>.jpeg</c>, <c>.png</c> or <c>.webp</c>.</param>
/// <param name="Caption">A file <c>.txt</c>.</param>
/// <param name="Class">A file <c>.cls</c>.</param>
/// <param name="Json">A file <c>.json</c>, whose <c>caption</c> counts where there is no <c>.txt</c> or only a blank
/// one.</param>
/// <param name="Others">The further files of the sample, for messages: <c>.0.txt, .1.txt</c>; empty where there are
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
