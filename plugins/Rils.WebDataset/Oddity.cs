namespace Rils.WebDataset;

/// <summary>The things of one kind in a shard that the source does not understand.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Example">The name of the first one.</param>
readonly record struct Oddity(OddityKind Kind, int Count, string Example)
{
    /// <summary>Makes one finding for each kind of oddity in all shards.</summary>
    public static IReadOnlyList<SourceFinding> Findings(
        IEnumerable<(string Shard, IReadOnlyList<Oddity> Oddities)> shards) =>
        [.. from shard in shards
            from oddity in shard.Oddities
            group (oddity, shard.Shard) by oddity.Kind into same
            orderby same.Key
            select Finding(same.Key, same.Sum(one => one.oddity.Count),
                $"the first is `{same.First().oddity.Example}` in `{same.First().Shard}`")];

    static SourceFinding Finding(OddityKind kind, int count, string first) => kind switch
    {
        OddityKind.Dotted =>
            new("images whose names go on behind the first dot, where a sample's name ends, are left out: "
                + $"{count}, {first}. Rename them, as in web_00012.jpg", count),
        OddityKind.Second =>
            new($"second images, captions, classes or jsons of a sample are left out: {count}, {first}. "
                + "Rename them, or leave them out of the shard", count),
        OddityKind.NoSample =>
            new($"files that belong to no sample are left out: {count}, {first}. A sample is an image "
                + "(jpg, jpeg, png, webp) and what has its name; leave others out of the shard", count),
        OddityKind.Link =>
            new($"links that lead out of their shard are not followed: {count}, {first}. Pack the files themselves, "
                + "by `tar --dereference`"),
        _ => new($@"names that are not UTF-8 are shown with \xE9 for such a byte: {count}, {first}"),
    };
}
