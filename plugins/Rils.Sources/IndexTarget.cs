namespace Rils.Sources;

/// <summary>The place to which a new index is written: a file beside the one that it replaces, or memory where no
/// folder takes a file.</summary>
sealed class IndexTarget : IDisposable
{
    readonly string? path, temporary;

    /// <summary>Makes a place in memory.</summary>
    public IndexTarget() => Stream = new MemoryStream();

    IndexTarget(string path)
    {
        (this.path, temporary) = (path, $"{path}.{Guid.NewGuid():N}");
        Stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite);
    }

    public Stream Stream { get; }

    /// <summary>Opens a file, or memory where the folder cannot be written.</summary>
    /// <param name="path">The path that the finished index gets.</param>
    public static IndexTarget Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new();
        }
    }

    /// <summary>Puts the finished index into its place, and maps it.</summary>
    /// <param name="length">The length of all records and heaps, in bytes.</param>
    /// <param name="hashes">The hashes of their blocks.</param>
    public SealedBytes Map(long length, byte[] hashes)
    {
        if (Stream is MemoryStream memory)
            return new(MappedBytes.Of(memory.GetBuffer().AsSpan(0, (int)memory.Length)), "in memory", length, hashes);
        Stream.Dispose();
        File.Move(temporary!, path!, overwrite: true);
        return new(MappedBytes.Of(path!), path!, length, hashes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (temporary is not null) File.Delete(temporary);
    }
}
