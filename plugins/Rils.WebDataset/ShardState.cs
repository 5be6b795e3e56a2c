using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>The facts by which a changed shard is recognised.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">Time of the last write, UTC, in ticks.</param>
readonly record struct ShardState(string Path, long Size, long Modified)
{
    /// <summary>The state of an open file: of the file that was read, even if the name belongs to another file by
    /// now.</summary>
    public static ShardState Of(string path, SafeFileHandle file) =>
        new(path, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks);

    public static ShardState Of(string path)
    {
        RegularFile.Require(path);
        // Opened first, because the state of a name may be that of a link.
        using var file = File.OpenHandle(path);
        return Of(path, file);
    }
}
