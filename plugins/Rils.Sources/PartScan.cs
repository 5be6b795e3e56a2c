namespace Rils.Sources;

/// <summary>Takes the samples that a source finds in a file. Many samples are kept in a temporary file.</summary>
/// <param name="state">The file's state when it was read.</param>
public sealed class PartScan(FileState state) : IDisposable
{
    readonly Spill records = new(), heap = new();
    readonly SortedDictionary<byte, Oddity> oddities = [];

    /// <summary>The file's state when it was read.</summary>
    public FileState State => state;

    /// <summary>A hash that identifies the samples: equal for equal samples, wherever the file lies.</summary>
    public string Content { get; set; } = "";

    /// <summary>Whether the hash covers all bytes of all samples. Where it does not, the time of the file is told with
    /// the hash.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The number of samples that have an image.</summary>
    public int Usable { get; set; }

    /// <summary>Adds the record of the next sample.</summary>
    /// <param name="record">As long as the index's record size.</param>
    public void Add(ReadOnlySpan<byte> record) => records.Write(record);

    /// <summary>Adds bytes to which records may point.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Their place, from the heap's start.</returns>
    public long AddHeap(ReadOnlySpan<byte> bytes)
    {
        heap.Write(bytes);
        return heap.Length - bytes.Length;
    }

    /// <summary>The number of bytes that <see cref="AddHeap"/> took.</summary>
    public long HeapLength => heap.Length;

    /// <summary>Counts a thing that the source does not understand.</summary>
    /// <param name="kind">Its kind, a number of the source's own.</param>
    /// <param name="name">Its name; the first one of each kind is told.</param>
    public void Note(byte kind, string name) =>
        oddities[kind] = oddities.TryGetValue(kind, out var known)
            ? known with { Count = known.Count + 1 } : new(kind, 1, name);

    /// <summary>The things that were counted, one entry for each kind.</summary>
    public IReadOnlyList<Oddity> Oddities => [.. oddities.Values];

    internal Spill Records => records;

    internal Spill Heap => heap;

    /// <inheritdoc/>
    public void Dispose()
    {
        records.Dispose();
        heap.Dispose();
    }
}
