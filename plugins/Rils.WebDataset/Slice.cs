namespace Rils.WebDataset;

/// <summary>Where a file's bytes lie in its shard: offset and length in bytes.</summary>
readonly record struct Slice(long Offset, long Length);
