using System.IO.MemoryMappedFiles;

namespace Rils.Sources;

/// <summary>The bytes of a file, mapped into memory: the system reads the pages that are asked for, and drops them when
/// it needs the room. Any thread may read.</summary>
sealed class MappedBytes : IDisposable
{
    readonly MemoryMappedFile file;
    readonly MemoryMappedViewAccessor view;

    MappedBytes(MemoryMappedFile file)
    {
        this.file = file;
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>Maps a file.</summary>
    public static MappedBytes Of(string path) => new(MemoryMappedFile.CreateFromFile(
        File.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), null, 0,
        MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false));

    /// <summary>Keeps bytes in memory, where no folder takes a file.</summary>
    public static MappedBytes Of(ReadOnlySpan<byte> bytes)
    {
        var file = MemoryMappedFile.CreateNew(null, bytes.Length);
        using (var view = file.CreateViewStream()) view.Write(bytes);
        return new(file);
    }

    /// <summary>Copies bytes from an offset.</summary>
    public void Read(long at, Span<byte> bytes) => view.SafeMemoryMappedViewHandle.ReadSpan((ulong)at, bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
