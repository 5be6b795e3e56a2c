namespace Rils.WebDataset;

/// <summary>What a shard holds, and the state of the file for which that is true.</summary>
/// <param name="State">Of the file when it was read.</param>
/// <param name="Samples">In the order of the shard.</param>
/// <param name="Oddities">What is not understood, one for each kind.</param>
sealed record ShardIndex(ShardState State, IReadOnlyList<IndexedSample> Samples, IReadOnlyList<Oddity> Oddities)
{
    /// <summary>By which the shard's samples are known; see <see cref="ShardContent"/>.</summary>
    public string Content { get; init; } = "";
}
