using System.Security.Cryptography;

namespace Rils.Sources;

/// <summary>An index file: a SHA-256 of the rest, records and heap of each part, the directory of the parts, the
/// directory's offset.</summary>
/// <param name="Bytes">The file, mapped.</param>
/// <param name="Entries">The directory.</param>
sealed record IndexFile(MappedBytes Bytes, IReadOnlyList<PartEntry> Entries)
{
    /// <summary>Names the layout of the file itself.</summary>
    public const string Version = "rils index 4";

    const int Buffer = 1 << 20;

    /// <summary>Reads an index file; null where there is none, or none that can be used.</summary>
    public static IndexFile? Read(string path, IPartScanner scanner)
    {
        try
        {
            // SHA256 asks for 4 KiB at a time; from a larger buffer the system is called more seldom.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
            var hash = new byte[SHA256.HashSizeInBytes];
            file.ReadExactly(hash);
            if (!SHA256.HashData(file).AsSpan().SequenceEqual(hash)) return null;
            return ReadEntries(file, scanner) is { } entries ? new(MappedBytes.Of(path), entries) : null;
        }
        catch (Exception problem) when (problem
            is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    static PartEntry[]? ReadEntries(FileStream file, IPartScanner scanner)
    {
        using var reader = new BinaryReader(new BufferedStream(file, Buffer));
        reader.BaseStream.Position = file.Length - sizeof(long);
        reader.BaseStream.Position = reader.ReadInt64();
        if (reader.ReadString() != Version || reader.ReadString() != scanner.Form
            || reader.ReadInt32() != scanner.RecordSize) return null;
        var entries = new PartEntry[PartEntry.Counted(reader)];
        for (var i = 0; i < entries.Length; i++) entries[i] = PartEntry.Read(reader, scanner.RecordSize);
        return entries;
    }
}
