using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Words for the things in shards that the source does not understand.</summary>
static class SourceFindings
{
    /// <summary>Makes the finding of one kind.</summary>
    /// <param name="kind">An <see cref="OddityKind"/>.</param>
    /// <param name="count">The number of such things.</param>
    /// <param name="first">Words for the first one.</param>
    public static SourceFinding Of(byte kind, int count, string first) => (OddityKind)kind switch
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
