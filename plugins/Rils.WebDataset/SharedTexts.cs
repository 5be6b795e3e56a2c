namespace Rils.WebDataset;

/// <summary>Keeps equal texts once: what samples have beside their parts is as a rule the same for all of a
/// shard.</summary>
sealed class SharedTexts
{
    readonly Dictionary<string, string> known = new(StringComparer.Ordinal) { [""] = "" };

    public string Of(string text) => known.TryGetValue(text, out var same) ? same : known[text] = text;
}
