namespace Rils.WebDataset;

/// <summary>By which a changed shard is known.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">Last write, UTC, in ticks.</param>
readonly record struct ShardState(string Path, long Size, long Modified)
{
    public static ShardState Of(string path)
    {
        var file = new FileInfo(path);
        return new(path, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
