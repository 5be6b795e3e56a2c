namespace Rils.Engine.Origins;

/// <summary>Many names of tensors in few words.</summary>
static class TensorNames
{
    const int Most = 6;

    /// <summary><c>visual.decoder_blocks.*, visual.mask_token, 3 more</c>: what lies together is one.</summary>
    public static string Short(IEnumerable<string> names)
    {
        string[] groups = [.. names.Order(StringComparer.Ordinal).GroupBy(Stem).Select(group => group.Count() == 1 ? group.Single() : $"{group.Key}.*")];
        return Cut(groups);
    }

    /// <summary>The first few.</summary>
    public static string Cut(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? $", {names.Count - Most} more" : "");

    /// <summary>What comes before the number of a block, else before the last word.</summary>
    static string Stem(string name)
    {
        var words = name.Split('.');
        var number = Array.FindIndex(words, word => word.All(char.IsAsciiDigit));
        return string.Join('.', words[..(number > 0 ? number : words.Length - 1)]) is { Length: > 0 } stem ? stem : name;
    }
}
