namespace Rils.Sources;

/// <summary>A part's entry in the directory of an index file.</summary>
/// <param name="State">The file's state when it was indexed.</param>
/// <param name="Content">The hash of its samples.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="IsWhole">Whether the hash covers all bytes of all samples.</param>
/// <param name="Usable">The number of samples that have an image.</param>
/// <param name="At">The offset in the index file of the part's records, behind which its heap lies.</param>
/// <param name="HeapLength">The length of the heap in bytes.</param>
/// <param name="Oddities">One entry for each kind.</param>
sealed record PartEntry(FileState State, string Content, int Count, bool IsWhole, int Usable, long At, long HeapLength,
    IReadOnlyList<Oddity> Oddities)
{
    /// <summary>Length of records and heap together, in bytes.</summary>
    public long LengthWith(int recordSize) => (long)Count * recordSize + HeapLength;

    public void Write(BinaryWriter writer)
    {
        writer.Write(State.Path);
        writer.Write(State.Size);
        writer.Write(State.Modified);
        writer.Write(Content);
        writer.Write(Count);
        writer.Write(IsWhole);
        writer.Write(Usable);
        writer.Write(At);
        writer.Write(HeapLength);
        writer.Write(Oddities.Count);
        foreach (var (kind, count, example) in Oddities)
        {
            writer.Write(kind);
            writer.Write(count);
            writer.Write(example);
        }
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="reader">The directory.</param>
    /// <param name="recordSize">The length of a record, in bytes.</param>
    /// <param name="length">The length of all records and heaps, in bytes.</param>
    /// <exception cref="FormatException">The bytes are no entry.</exception>
    public static PartEntry Read(BinaryReader reader, int recordSize, long length)
    {
        var state = new FileState(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        var (content, count, isWhole) = (reader.ReadString(), reader.ReadInt32(), reader.ReadBoolean());
        var usable = reader.ReadInt32();
        var (at, heap) = (reader.ReadInt64(), reader.ReadInt64());
        var oddities = new Oddity[Counted(reader)];
        for (var i = 0; i < oddities.Length; i++)
            oddities[i] = new(reader.ReadByte(), reader.ReadInt32(), reader.ReadString());
        var entry = new PartEntry(state, content, count, isWhole, usable, at, heap, oddities);
        return count >= 0 && usable >= 0 && usable <= count && at >= 0 && heap >= 0
            && heap <= length && at <= length - entry.LengthWith(recordSize)
            ? entry : throw new FormatException($"a part of {count} samples at {at}");
    }

    /// <summary>Reads a number of things, each of which takes several bytes, so that a larger number is
    /// damage.</summary>
    /// <exception cref="FormatException">The number is too large.</exception>
    public static int Counted(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count : throw new FormatException($"{count} of them");
    }
}
