using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>By which a changed shard is known.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">Last write, UTC, in ticks.</param>
readonly record struct ShardState(string Path, long Size, long Modified)
{
    /// <summary>Of a file that is open: the one that was read, whatever has its name by now.</summary>
    public static ShardState Of(string path, SafeFileHandle file) => new(path, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks);

    public static ShardState Of(string path)
    {
        RegularFile.Require(path);
        // Opened, since the state of a name may be that of a link.
        using var file = File.OpenHandle(path);
        return Of(path, file);
    }
}
