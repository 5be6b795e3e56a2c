namespace Rils.WebDataset;

/// <summary>Keeps equal texts once: the further files of samples are as a rule the same throughout a shard.</summary>
sealed class SharedTexts
{
    readonly Dictionary<string, string> known = new(StringComparer.Ordinal) { [""] = "" };

    public string Of(string text) => known.TryGetValue(text, out var same) ? same : known[text] = text;
}
