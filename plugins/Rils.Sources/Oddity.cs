namespace Rils.Sources;

/// <summary>The things of one kind in a file that a source does not understand.</summary>
/// <param name="Kind">The kind, a number of the source's own.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Example">The first one.</param>
public readonly record struct Oddity(byte Kind, int Count, string Example)
{
    /// <summary>Makes one finding for each kind of oddity in all parts, in the order of the kinds' numbers.</summary>
    /// <param name="parts">The parts of an index.</param>
    /// <param name="finding">Makes a finding of a kind, the number of such things, and the words for the first one:
    /// <c>the first is `web.12.jpg` in `train-000`</c>.</param>
    public static IReadOnlyList<SourceFinding> Findings(
        IEnumerable<IndexedPart> parts, Func<byte, int, string, SourceFinding> finding) =>
        [.. from part in parts
            from oddity in part.Oddities
            group (oddity, part.Name) by oddity.Kind into same
            orderby same.Key
            select finding(same.Key, same.Sum(one => one.oddity.Count),
                $"the first is `{same.First().oddity.Example}` in `{same.First().Name}`")];
}
