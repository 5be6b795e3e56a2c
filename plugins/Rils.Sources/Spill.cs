namespace Rils.Sources;

/// <summary>Takes bytes one behind the other: in memory at first, in a temporary file where they become many.</summary>
public sealed class Spill : IDisposable
{
    const int MostInMemory = 16 << 20, Buffer = 1 << 16;

    Stream stream = new MemoryStream();

    /// <summary>The number of bytes so far.</summary>
    public long Length => stream.Length;

    /// <summary>Adds bytes behind the others.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (stream is MemoryStream memory && memory.Length + bytes.Length > MostInMemory) stream = InFile(memory);
        stream.Write(bytes);
    }

    /// <summary>Gives all bytes, in pieces of 64 KiB and a last one that may be shorter.</summary>
    /// <param name="take">Takes a piece.</param>
    public void CopyTo(Action<ReadOnlySpan<byte>> take)
    {
        var buffer = new byte[Buffer];
        stream.Position = 0;
        for (int count; (count = stream.ReadAtLeast(buffer, Buffer, throwOnEndOfStream: false)) > 0;)
            take(buffer.AsSpan(0, count));
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    static FileStream InFile(MemoryStream memory)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"rils-index-{Guid.NewGuid():N}"),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Buffer, FileOptions.DeleteOnClose);
        memory.WriteTo(file);
        memory.Dispose();
        return file;
    }
}
