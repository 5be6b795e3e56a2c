namespace Rils.Engine.Pretrained;

/// <summary>The names of given weights, and the prefixes under which a module's names may stand there.</summary>
sealed class FileNames
{
    readonly HashSet<string> names;
    readonly string[] levels;

    /// <param name="names">All names.</param>
    /// <param name="prefixes">The prefixes of the arm's modules: <c>visual.</c>. A module's prefix tells parts apart,
    /// so it does not count as a prefix of the whole.</param>
    public FileNames(IEnumerable<string> names, IReadOnlyCollection<string> prefixes)
    {
        this.names = new(names, StringComparer.Ordinal);
        Roots = [.. this.names.SelectMany(Above).Distinct().Order(StringComparer.Ordinal)];
        levels = [.. Roots.Where(root => this.names.All(name => name.StartsWith(root, StringComparison.Ordinal))
            && !prefixes.Any(prefix =>
                prefix.Length > 0 && $".{root}".Contains($".{prefix}", StringComparison.Ordinal)))];
    }

    public IReadOnlyCollection<string> All => names;

    /// <summary>Every beginning of a name that ends with a dot, and the empty beginning.</summary>
    public IReadOnlyList<string> Roots { get; }

    public bool Has(string name) => names.Contains(name);

    /// <summary>The prefixes under which a module is looked for first: its own, then none, each behind the prefix that
    /// all names share (<c>module.</c>) too.</summary>
    public IEnumerable<string> HomesOf(string prefix, bool isNamedOtherwise) =>
        levels.SelectMany(level => isNamedOtherwise ? new[] { level + prefix, level } : [level + prefix]).Distinct();

    static IEnumerable<string> Above(string name)
    {
        for (var at = 0; at >= 0; at = name.IndexOf('.', at + 1))
            yield return at == 0 ? "" : name[..(at + 1)];
    }
}
