using System.Text.RegularExpressions;
using Rils.Configuration;

namespace Rils.Engine.Sweeps;

/// <summary>Makes names of keys and values that fit the name of an arm or a folder, and stand after <c>--set
/// arm.</c></summary>
static partial class SweepLabels
{
    const int Longest = 24;

    /// <summary>The values of all keys. A label begins with the shortest end of the key that no other key has:
    /// <c>ratio-0.6</c>, <c>masking-block</c> for a kind.</summary>
    public static ILookup<SweepKey, SweepChoice> Of(IReadOnlyList<SweepKey> keys)
    {
        string[][] paths = [.. keys.Select(key => key.OwnName).Distinct().Select(Parts)];
        SweepChoice Choice(SweepKey key, TomlNode value, string label) =>
            new(key, $"{Shortest(Parts(key.OwnName), paths)}-{label}", value);
        return keys
            .SelectMany(key => key.Values.Zip(Values(key.Values), (value, label) => Choice(key, value, label)))
            .ToLookup(choice => choice.Key);
    }

    /// <summary>A value as TOML writes it; for a list its items.</summary>
    public static string Text(TomlNode value) =>
        value is ArrayNode array ? $"[{string.Join(", ", array.Items.Select(Text))}]" : ((ScalarNode)value).Text;

    /// <summary>The parts of a key; for a kind those of its table.</summary>
    static string[] Parts(string path) =>
        path.Split('.') is [.. { Length: > 0 } table, "kind"] ? table : path.Split('.');

    static string Shortest(string[] path, string[][] all)
    {
        var length = Enumerable.Range(1, path.Length)
            .First(count => count == path.Length || all.Count(other => End(other, count) == End(path, count)) == 1);
        return Safe(End(path, length));
    }

    static string End(string[] path, int count) => string.Join('-', path.TakeLast(count));

    /// <summary>The values as text; their places, from 1, where the text would be long or would not tell them
    /// apart.</summary>
    static IEnumerable<string> Values(IReadOnlyList<TomlNode> values)
    {
        string[] plain = [.. values.Select(value => Safe(Plain(value)))];
        return plain.All(label => label.Length is > 0 and <= Longest)
            && plain.Distinct(StringComparer.OrdinalIgnoreCase).Count() == plain.Length
            ? plain : values.Select((_, index) => $"{index + 1}");
    }

    static string Plain(TomlNode value) => value switch
    {
        ScalarNode { Value: string text } => text,
        ArrayNode array => string.Join('_', array.Items.Select(Plain)),
        _ => Text(value),
    };

    static string Safe(string text) => Dots().Replace(Others().Replace(text, "-"), ".").Trim('.');

    [GeneratedRegex(@"[^A-Za-z0-9_+.-]")]
    private static partial Regex Others();

    [GeneratedRegex(@"\.{2,}")]
    private static partial Regex Dots();
}
