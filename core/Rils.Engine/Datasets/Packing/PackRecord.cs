namespace Rils.Engine.Datasets.Packing;

/// <summary>The file <c>pack.json</c>: what shards are made from, and those that are finished.</summary>
/// <param name="Version">The form of the file.</param>
/// <param name="Origin">The data and the options that the shards are made from.</param>
/// <param name="Paths">The paths that the data had, for people.</param>
/// <param name="Train">The finished training shards.</param>
/// <param name="Val">The finished validation shards.</param>
/// <param name="IsComplete">Whether all samples are packed.</param>
sealed record PackRecord(int Version, PackOrigin Origin, IReadOnlyList<string> Paths, IReadOnlyList<PackedShard> Train,
    IReadOnlyList<PackedShard> Val, bool IsComplete)
{
    public const int Current = 1;
}
