using System.Buffers.Binary;
using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Blocks of a tar file that follow each other and hold files of one sample, with their headers.</summary>
/// <param name="Start">The first block, from 0.</param>
/// <param name="Count">The number of blocks, below 2^31.</param>
readonly record struct Run(uint Start, uint Count)
{
    /// <summary>The length of a run, and of a sample's record, in bytes.</summary>
    public const int Size = 2 * sizeof(uint);

    /// <summary>The bit of a record's count that says that the sample has several runs.</summary>
    const uint Several = 1u << 31;

    /// <summary>Makes the run of some bytes.</summary>
    /// <param name="start">The first byte, at a block's start.</param>
    /// <param name="end">The byte behind the last one, at a block's end.</param>
    /// <exception cref="InvalidDataException">The numbers are too large: a shard may have 2 TiB.</exception>
    public static Run Of(long start, long end)
    {
        var (first, count) = (start / TarHeader.Size, (end - start) / TarHeader.Size);
        return first <= uint.MaxValue && count < Several ? new((uint)first, (uint)count)
            : throw new InvalidDataException($"it has more than {uint.MaxValue} blocks of {TarHeader.Size} bytes: "
                + "split it into several shards");
    }

    /// <summary>The bytes of the run.</summary>
    public Slice Bytes => new((long)Start * TarHeader.Size, (long)Count * TarHeader.Size);

    /// <summary>The run with the blocks up to the end of another one.</summary>
    public Run UpTo(Run later) => this with { Count = later.Start + later.Count - Start };

    /// <summary>Adds a sample to a scan: a single run is the record itself; of several, the
    /// record has the place in the heap and the number.</summary>
    public static void Write(IReadOnlyList<Run> runs, PartScan scan)
    {
        Span<byte> record = stackalloc byte[Size];
        if (runs is [var only]) only.CopyTo(record);
        else
        {
            var at = scan.HeapLength / Size;
            foreach (var run in runs)
            {
                run.CopyTo(record);
                scan.AddHeap(record);
            }
            new Run((uint)at, (uint)runs.Count | Several).CopyTo(record);
        }
        scan.Add(record);
    }

    /// <summary>Reads the runs of a sample from an index.</summary>
    public static Run[] Read(IndexedPart part, int sample)
    {
        Span<byte> record = stackalloc byte[Size];
        part.Read(sample, record);
        var only = Read(record);
        if ((only.Count & Several) == 0) return [only];
        if ((only.Start + (long)(only.Count & ~Several)) * Size > part.HeapLength)
            throw new InvalidDataException("its place in the index is damaged");
        var runs = new Run[only.Count & ~Several];
        for (var i = 0; i < runs.Length; i++)
        {
            part.ReadHeap((only.Start + (long)i) * Size, record);
            runs[i] = Read(record);
        }
        return runs;
    }

    static Run Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]));

    void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Start);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(uint)..], Count);
    }
}
