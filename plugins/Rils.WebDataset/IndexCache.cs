using System.Security.Cryptography;
using System.Text;

namespace Rils.WebDataset;

/// <summary>Keeps the index of a set of shards in one file: a SHA-256 of the rest of the file, then the
/// shards.</summary>
/// <remarks>The file is a cache: where it cannot be read the index is made again, and where it cannot be written every
/// start makes it.</remarks>
sealed class IndexCache
{
    const string Version = "rils webdataset index 3";

    readonly string path;

    public IndexCache(string folder, IEnumerable<string> shards)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', shards)));
        path = Path.Combine(folder, $"webdataset-{Convert.ToHexStringLower(name.AsSpan(0, 8))}.index");
    }

    /// <summary>The kept index of each shard, by path; empty where the file has none that can be used.</summary>
    public IReadOnlyDictionary<string, ShardIndex> Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var content = bytes.AsMemory(SHA256.HashSizeInBytes);
            var hash = SHA256.HashData(content.Span);
            if (!hash.AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))) return Nothing;
            using var reader = new BinaryReader(new MemoryStream(bytes, SHA256.HashSizeInBytes, content.Length));
            return reader.ReadString() == Version ? ReadShards(reader) : Nothing;
        }
        catch (Exception problem) when (problem
            is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return Nothing;
        }
    }

    public void Write(IReadOnlyList<ShardIndex> shards)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var content = new MemoryStream();
            using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) WriteShards(writer, shards);
            using (var file = File.Create(temporary))
            {
                var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
                file.Write(SHA256.HashData(bytes));
                file.Write(bytes);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Without the file the next start scans the shards again; nothing else is lost.
        }
    }

    static IReadOnlyDictionary<string, ShardIndex> Nothing => new Dictionary<string, ShardIndex>();

    static Dictionary<string, ShardIndex> ReadShards(BinaryReader reader)
    {
        var shards = new Dictionary<string, ShardIndex>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var state = new ShardState(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
            var (samples, texts) = (new IndexedSample[Counted(reader)], new SharedTexts());
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = new(reader.ReadString(), ReadSlice(reader, state), ReadSlice(reader, state),
                    ReadSlice(reader, state), ReadSlice(reader, state),
                    texts.Of(reader.ReadString()));
            }
            var oddities = new Oddity[Counted(reader)];
            for (var i = 0; i < oddities.Length; i++)
                oddities[i] = new((OddityKind)reader.ReadByte(), reader.ReadInt32(), reader.ReadString());
            shards[state.Path] = new(state, samples, oddities) { Content = reader.ReadString() };
        }
        return shards;
    }

    static void WriteShards(BinaryWriter writer, IReadOnlyList<ShardIndex> shards)
    {
        writer.Write(Version);
        writer.Write(shards.Count);
        foreach (var shard in shards)
        {
            var (state, samples, oddities) = shard;
            writer.Write(state.Path);
            writer.Write(state.Size);
            writer.Write(state.Modified);
            writer.Write(samples.Count);
            foreach (var (key, image, caption, @class, json, others) in samples)
            {
                writer.Write(key);
                foreach (var slice in (Slice?[])[image, caption, @class, json]) WriteSlice(writer, slice);
                writer.Write(others);
            }
            writer.Write(oddities.Count);
            foreach (var (kind, count, example) in oddities)
            {
                writer.Write((byte)kind);
                writer.Write(count);
                writer.Write(example);
            }
            writer.Write(shard.Content);
        }
    }

    static int Counted(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        // Each sample or oddity takes several bytes, so a larger count is damage.
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count : throw new FormatException($"{count} of them");
    }

    static Slice? ReadSlice(BinaryReader reader, ShardState shard)
    {
        var offset = reader.Read7BitEncodedInt64();
        if (offset < 0) return null;
        var length = reader.Read7BitEncodedInt64();
        return length >= 0 && offset <= shard.Size - length ? new(offset, length)
            : throw new FormatException($"{length} bytes at {offset}");
    }

    static void WriteSlice(BinaryWriter writer, Slice? slice)
    {
        writer.Write7BitEncodedInt64(slice?.Offset ?? -1);
        if (slice is { Length: var length }) writer.Write7BitEncodedInt64(length);
    }
}
