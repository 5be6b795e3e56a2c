namespace Rils.Sources;

/// <summary>The samples of a file in an index.</summary>
public sealed class IndexedPart
{
    readonly SealedBytes bytes;
    readonly int recordSize;
    readonly long records, heap;

    internal IndexedPart(string name, PartEntry entry, SealedBytes bytes, int recordSize)
    {
        (Name, State, Content, Count) = (name, entry.State, entry.Content, entry.Count);
        (Usable, IsWhole, HeapLength, Oddities) = (entry.Usable, entry.IsWhole, entry.HeapLength, entry.Oddities);
        (this.bytes, this.recordSize, records) = (bytes, recordSize, entry.At);
        heap = entry.At + (long)entry.Count * recordSize;
    }

    /// <summary>The name of the file, unique in the data.</summary>
    public string Name { get; }

    /// <summary>The state of the file when it was indexed.</summary>
    public FileState State { get; }

    /// <summary>A hash that identifies the samples.</summary>
    public string Content { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of samples that have an image.</summary>
    public int Usable { get; }

    /// <summary>Whether the hash covers all bytes of all samples.</summary>
    public bool IsWhole { get; }

    /// <summary>The length of the heap in bytes.</summary>
    public long HeapLength { get; }

    /// <summary>The things that the source does not understand, one entry for each kind.</summary>
    public IReadOnlyList<Oddity> Oddities { get; }

    /// <summary>The part as a run's record identifies it.</summary>
    public SourceShard Identity => new(Name, Content, IsWhole ? "" : State.Time);

    /// <summary>Reads the record of a sample.</summary>
    /// <param name="index">The sample's number in the part, from 0.</param>
    /// <param name="record">Receives the record; as long as the index's record size.</param>
    /// <exception cref="InvalidDataException">The index file is damaged there.</exception>
    public void Read(int index, Span<byte> record) => bytes.Read(records + (long)index * recordSize, record);

    /// <summary>Reads bytes of the heap, to which a record points.</summary>
    /// <param name="at">The first byte, from the heap's start.</param>
    /// <param name="heaped">Receives the bytes.</param>
    /// <exception cref="InvalidDataException">The index file is damaged there.</exception>
    public void ReadHeap(long at, Span<byte> heaped) => bytes.Read(heap + at, heaped);
}
