namespace Rils.WebDataset;

/// <summary>The samples of a shard, and the state of the file that they were found in.</summary>
/// <param name="State">The file's state when it was read.</param>
/// <param name="Samples">In the order of the shard.</param>
/// <param name="Oddities">The things that are not understood, one entry for each kind.</param>
sealed record ShardIndex(ShardState State, IReadOnlyList<IndexedSample> Samples, IReadOnlyList<Oddity> Oddities)
{
    /// <summary>The hash that identifies the shard's samples; see <see cref="ShardContent"/>.</summary>
    public string Content { get; init; } = "";
}
