namespace Rils.Configuration;

/// <summary>Finds the known name that a mistyped name means.</summary>
public static class Nearest
{
    const int LongestName = 64;
    const int ShortestWord = 3;
    const int ShortestPart = 4;

    /// <summary>Names that other programs have for a thing that is near in meaning alone.</summary>
    static readonly Dictionary<string, string> meanings = new(StringComparer.Ordinal)
    {
        ["csv"] = "table", ["tsv"] = "table", ["tar"] = "webdataset", ["imagenet"] = "folder",
    };

    /// <summary>The known name nearest to the given one by insertions, deletions, substitutions and swaps of
    /// neighbours, about one for every three letters; null where nothing is near. Words that one of the two names lacks
    /// cost one, so <c>mask_raito</c> is near <c>ratio</c>. Initials in place of words cost one too, so <c>lr</c> is
    /// near <c>learning_rate</c>; a name with something before or behind it costs two, so <c>imagefolder</c> is near
    /// <c>folder</c>. A few names are near in meaning: <c>csv</c> is near <c>table</c>.</summary>
    public static string? Name(string given, IEnumerable<string> known) =>
        given.Length > LongestName
            ? null
            : known
                .Select(name => (Name: name, Cost: Cost(Plain(given), Plain(name))))
                .Where(pair => pair.Cost < int.MaxValue)
                .OrderBy(pair => pair.Cost)
                .Select(pair => pair.Name)
                .FirstOrDefault();

    /// <summary>The end of a message about an unknown name: <c>; did you mean `ratio`?</c>, or <paramref name="end"/>
    /// where nothing is near.</summary>
    public static string Hint(string given, IEnumerable<string> known, string end = "") =>
        Hint(Name(given, known) is { } name ? [name] : [], end);

    /// <summary>The end of a message that names what was found: <c>; did you mean `text.heads` or
    /// `decoder.heads`?</c></summary>
    internal static string Hint(IReadOnlyList<string> meant, string end = "") =>
        meant.Count == 0 ? end : $"; did you mean {string.Join(" or ", meant.Select(name => $"`{name}`"))}?";

    static string Plain(string name) => name.Replace('-', '_').ToLowerInvariant();

    static int Cost(string given, string known)
    {
        if (known.Length > LongestName)
            return int.MaxValue;
        if (meanings.GetValueOrDefault(given) == known) return 1;
        if (given.Length > 1
            && given == string.Concat(known.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0])))
            return 1;
        var whole = Bounded(given, known);
        var parts =
            Runs(given).Select(run => Bounded(run, known)).Concat(Runs(known).Select(run => Bounded(given, run)));
        var part = parts.Where(cost => cost < int.MaxValue).Select(cost => cost + 1).DefaultIfEmpty(int.MaxValue).Min();
        var around = known.Length >= ShortestPart && (given.StartsWith(known, StringComparison.Ordinal)
            || given.EndsWith(known, StringComparison.Ordinal)) ? 2 : int.MaxValue;
        return Math.Min(Math.Min(whole, part), around);
    }

    /// <summary>Runs of neighbouring words in a name, without the whole name: a, b, c, a_b and b_c in a_b_c.</summary>
    static IEnumerable<string> Runs(string name)
    {
        var words = name.Split('_');
        for (var start = 0; start < words.Length; start++)
            for (var end = start + 1; end <= words.Length; end++)
                if (end - start < words.Length
                    && string.Join('_', words[start..end]) is { Length: >= ShortestWord } run)
                    yield return run;
    }

    static int Bounded(string a, string b)
    {
        var bound = Math.Min(3, (Math.Max(a.Length, b.Length) + 1) / 3);
        if (Math.Abs(a.Length - b.Length) > bound)
            return int.MaxValue;
        var distance = Distance(a, b);
        return distance <= bound ? distance : int.MaxValue;
    }

    /// <summary>The Damerau-Levenshtein distance, restricted: no part is edited twice.</summary>
    internal static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitution, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[a.Length, b.Length];
    }
}
