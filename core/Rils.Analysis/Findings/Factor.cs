namespace Rils.Analysis.Findings;

/// <summary>Something in which the arms of a sweep differ by plan.</summary>
/// <param name="Key">The swept key, <c>masking.ratio</c>; <c>arm</c> for the arms of the file.</param>
/// <param name="Name">The end of the key by which tables name the factor: <c>ratio</c>.</param>
/// <param name="Levels">The values, in the order of the sweep.</param>
public sealed record Factor(string Key, string Name, IReadOnlyList<string> Levels)
{
    /// <summary>The key of the factor whose levels are the arms of the file.</summary>
    public const string Arms = "arm";

    /// <summary>The shortest end of a key that no other key has; a kind goes by its table: <c>target</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="all">The keys of all factors.</param>
    public static string NameOf(string key, IEnumerable<string> all)
    {
        string[] paths = [.. all.Select(Path)];
        var parts = Path(key).Split('.');
        bool IsOwn(string end) =>
            paths.Count(path => path == end || path.EndsWith($".{end}", StringComparison.Ordinal)) == 1;
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('.', parts.TakeLast(count)))
            .FirstOrDefault(IsOwn) ?? key;
    }

    static string Path(string key) => key.EndsWith(".kind", StringComparison.Ordinal) ? key[..^".kind".Length] : key;
}
