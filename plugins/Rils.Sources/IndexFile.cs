using System.Security.Cryptography;
using Rils.Contract;

namespace Rils.Sources;

/// <summary>An index file: records and heap of each part, a hash of each block of these, the directory of the parts,
/// the offset of the hashes, a SHA-256 of all from that offset.</summary>
/// <param name="Bytes">Records and heaps.</param>
/// <param name="Entries">The directory.</param>
sealed record IndexFile(SealedBytes Bytes, IReadOnlyList<PartEntry> Entries)
{
    /// <summary>Names the layout of the file itself.</summary>
    public const string Version = "rils index 5";

    /// <summary>Up to this length all bytes are hashed at once, which takes some hundredths of a second, and a damaged
    /// file is made again before anything reads it.</summary>
    const long CheckedAtOnce = 16 << 20;

    const int End = sizeof(long) + SHA256.HashSizeInBytes;

    /// <summary>Reads an index file; null where there is none, or none that can be used.</summary>
    public static IndexFile? Read(string path, IPartScanner scanner)
    {
        try
        {
            using var file = File.OpenRead(path);
            return ReadTail(file) is var (at, tail) ? Of(path, at, tail, scanner) : null;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or SourceException
            or UnauthorizedAccessException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Reads what follows the parts; null where its hash is another.</summary>
    static (long At, byte[] Tail)? ReadTail(FileStream file)
    {
        using var reader = new BinaryReader(file);
        file.Position = file.Length - End;
        var at = reader.ReadInt64();
        if (at < 0 || at > file.Length - End) return null;
        var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
        file.Position = at;
        var tail = reader.ReadBytes(checked((int)(file.Length - SHA256.HashSizeInBytes - at)));
        return SHA256.HashData(tail).AsSpan().SequenceEqual(hash) ? (at, tail) : null;
    }

    static IndexFile? Of(string path, long length, byte[] tail, IPartScanner scanner)
    {
        var blocks = checked((int)((length + BlockHashes.Block - 1) / BlockHashes.Block));
        var hashes = tail[..(blocks * SHA256.HashSizeInBytes)];
        using var reader = new BinaryReader(new MemoryStream(tail, hashes.Length, tail.Length - hashes.Length));
        if (ReadEntries(reader, scanner, length) is not { } entries) return null;
        var bytes = new SealedBytes(MappedBytes.Of(path), path, length, hashes);
        try
        {
            if (length <= CheckedAtOnce) bytes.CheckAll();
            return new(bytes, entries);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    static PartEntry[]? ReadEntries(BinaryReader reader, IPartScanner scanner, long length)
    {
        if (reader.ReadString() != Version || reader.ReadString() != scanner.Form
            || reader.ReadInt32() != scanner.RecordSize) return null;
        var entries = new PartEntry[PartEntry.Counted(reader)];
        for (var i = 0; i < entries.Length; i++) entries[i] = PartEntry.Read(reader, scanner.RecordSize, length);
        return entries;
    }
}
