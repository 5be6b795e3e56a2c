using System.Buffers.Binary;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>A sample in the index, 16 bytes: where its entry lies, and the mark of its image file.</summary>
/// <param name="Entry">The place of the entry, in the index's heap or in the table: up to 1 TiB, an entry up to
/// 16 MiB.</param>
/// <param name="Mark">The image file when it was indexed.</param>
readonly record struct FileRecord(Slice Entry, FileMark Mark)
{
    /// <summary>The length of a record, in bytes.</summary>
    public const int Size = sizeof(ulong) + FileMark.Length;

    const int LengthBits = 24;

    /// <summary>Adds the record to a scan.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="what">Names the sample, for messages: <c>the image `a.jpg`</c>.</param>
    /// <exception cref="InvalidDataException">The entry is too long.</exception>
    public void AddTo(PartScan scan, string what)
    {
        if (Entry.Length >= 1 << LengthBits)
            throw new InvalidDataException($"{scan.State.Path}: {what} has captions of {Entry.Length} bytes; the most "
                + $"is {(1 << LengthBits) - 1}. Shorten them, or leave it out");
        Span<byte> record = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)Entry.Offset << LengthBits | (uint)Entry.Length);
        Mark.CopyTo(record[sizeof(ulong)..]);
        scan.Add(record);
    }

    /// <summary>Reads the record of a sample.</summary>
    public static FileRecord Read(IndexedPart part, int sample)
    {
        Span<byte> record = stackalloc byte[Size];
        part.Read(sample, record);
        var place = BinaryPrimitives.ReadUInt64LittleEndian(record);
        return new(new((long)(place >> LengthBits), (long)(place & (1 << LengthBits) - 1)),
            FileMark.Read(record[sizeof(ulong)..]));
    }
}
