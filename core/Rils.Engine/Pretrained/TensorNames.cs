namespace Rils.Engine.Pretrained;

/// <summary>Writes many names of tensors in few words.</summary>
static class TensorNames
{
    const int Most = 6;

    /// <summary>Writes <c>visual.decoder_blocks.*, visual.mask_token, 3 more</c>: names with one beginning become
    /// one.</summary>
    public static string Short(IEnumerable<string> names)
    {
        var groups = names.Order(StringComparer.Ordinal).GroupBy(Stem);
        return Cut([.. groups.Select(group => group.Count() == 1 ? group.Single() : $"{group.Key}.*")]);
    }

    /// <summary>Writes the first few names.</summary>
    public static string Cut(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? $", {names.Count - Most} more" : "");

    /// <summary>The beginning of a name before the number of a block; null for a tensor outside blocks.</summary>
    public static string? Stack(string name)
    {
        var words = name.Split('.');
        var number = Array.FindIndex(words, word => word.All(char.IsAsciiDigit));
        return number > 0 ? string.Join('.', words[..number]) : null;
    }

    /// <summary>The stack of a tensor; outside blocks the layer of a weight or bias.</summary>
    static string Stem(string name)
    {
        var isOfLayer = name.EndsWith(".weight", StringComparison.Ordinal)
            || name.EndsWith(".bias", StringComparison.Ordinal);
        return Stack(name) ?? (isOfLayer ? name[..name.LastIndexOf('.')] : name);
    }
}
