using System.Security.Cryptography;
using System.Text;

namespace Rils.Sources;

/// <summary>Writes an index file part by part, so that no more than a part is in memory.</summary>
sealed class IndexWriter : IDisposable
{
    const int Buffer = 1 << 20;

    readonly Stream file;
    readonly IPartScanner scanner;
    readonly BlockHashes hashes = new();
    readonly List<PartEntry> entries = [];

    public IndexWriter(Stream file, IPartScanner scanner) => (this.file, this.scanner) = (file, scanner);

    public IReadOnlyList<PartEntry> Entries => entries;

    /// <summary>Number of samples so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Adds a part that was scanned.</summary>
    public void Add(PartScan scan)
    {
        var count = Math.DivRem(scan.Records.Length, scanner.RecordSize, out var rest);
        if (rest != 0) throw new ArgumentException($"records of {scanner.RecordSize} bytes leave {rest} bytes over");
        Note(new(scan.State, scan.Content, checked((int)count), scan.IsWhole, scan.Usable, file.Position,
            scan.Heap.Length, scan.Oddities));
        scan.Records.CopyTo(Write);
        scan.Heap.CopyTo(Write);
    }

    /// <summary>Adds a part of an earlier index.</summary>
    public void Add(PartEntry entry, SealedBytes from)
    {
        Note(entry with { At = file.Position });
        var length = entry.LengthWith(scanner.RecordSize);
        var buffer = new byte[Math.Min(Buffer, length)];
        for (var done = 0L; done < length; done += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
            from.Read(entry.At + done, piece);
            Write(piece);
        }
    }

    /// <summary>Writes what follows the parts.</summary>
    /// <returns>The length of all records and heaps, and the hashes of their blocks.</returns>
    public (long Length, byte[] Hashes) Finish()
    {
        var (length, blocks) = (file.Position, hashes.Finish());
        using var tail = new MemoryStream();
        using (var writer = new BinaryWriter(tail, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(blocks);
            writer.Write(IndexFile.Version);
            writer.Write(scanner.Form);
            writer.Write(scanner.RecordSize);
            writer.Write(entries.Count);
            foreach (var entry in entries) entry.Write(writer);
            writer.Write(length);
        }
        var written = tail.GetBuffer().AsSpan(0, (int)tail.Length);
        file.Write(written);
        file.Write(SHA256.HashData(written));
        file.Flush();
        return (length, blocks);
    }

    /// <inheritdoc/>
    public void Dispose() => hashes.Dispose();

    void Note(PartEntry entry)
    {
        entries.Add(entry);
        Samples += entry.Count;
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hashes.Add(bytes);
    }
}
