using Microsoft.Win32.SafeHandles;

namespace Rils.Sources;

/// <summary>The facts by which a changed file is recognised.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">Time of the last write, UTC, in ticks.</param>
public readonly record struct FileState(string Path, long Size, long Modified)
{
    /// <summary>Reads the state of an open file: of the file that was read, even if the name belongs to another file by
    /// now.</summary>
    /// <param name="path">The path that the state tells.</param>
    /// <param name="file">The open file.</param>
    public static FileState Of(string path, SafeFileHandle file) =>
        new(path, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks);

    /// <summary>Reads the state of a file.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <exception cref="IOException">There is no regular file, or it cannot be opened.</exception>
    public static FileState Of(string path)
    {
        RegularFile.Require(path);
        // Opened first, because the state of a name may be that of a link.
        using var file = File.OpenHandle(path);
        return Of(path, file);
    }

    /// <summary>The time of the last write, for people.</summary>
    public string Time => $"{new DateTime(Modified, DateTimeKind.Utc):yyyy-MM-dd HH:mm:ss} UTC";
}
