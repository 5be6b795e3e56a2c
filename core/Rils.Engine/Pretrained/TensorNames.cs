namespace Rils.Engine.Pretrained;

/// <summary>Many names of tensors in few words.</summary>
static class TensorNames
{
    const int Most = 6;

    /// <summary><c>visual.decoder_blocks.*, visual.mask_token, 3 more</c>: what lies together is one.</summary>
    public static string Short(IEnumerable<string> names)
    {
        var groups = names.Order(StringComparer.Ordinal).GroupBy(Stem);
        return Cut([.. groups.Select(group => group.Count() == 1 ? group.Single() : $"{group.Key}.*")]);
    }

    /// <summary>The first few.</summary>
    public static string Cut(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? $", {names.Count - Most} more" : "");

    /// <summary>What comes before the number of a block; null for a tensor of none.</summary>
    public static string? Stack(string name)
    {
        var words = name.Split('.');
        var number = Array.FindIndex(words, word => word.All(char.IsAsciiDigit));
        return number > 0 ? string.Join('.', words[..number]) : null;
    }

    /// <summary>The stack, else the layer that a weight or bias is of.</summary>
    static string Stem(string name) => Stack(name) ?? (name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith(".bias", StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : name);
}
