namespace Rils.WebDataset;

/// <summary>Where a file's bytes lie in its shard.</summary>
readonly record struct Slice(long Offset, long Length);
