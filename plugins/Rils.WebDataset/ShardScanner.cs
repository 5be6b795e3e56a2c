using System.Formats.Tar;

namespace Rils.WebDataset;

/// <summary>Reads the headers of a tar file (ustar, pax, GNU) and notes where the parts of its samples lie.</summary>
sealed class ShardScanner
{
    const int Block = 512, Buffer = 1 << 16;

    readonly ShardState state;
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly List<IndexedSample> samples = [];

    ShardScanner(ShardState state) => this.state = state;

    /// <exception cref="InvalidDataException">It is no tar file, cut off, or holds a part of a sample twice.</exception>
    public static ShardIndex Scan(string path)
    {
        var scanner = new ShardScanner(ShardState.Of(path));
        try
        {
            scanner.Read();
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"shard `{path}`: {problem.Message}", problem);
        }
        return new(scanner.state, scanner.samples);
    }

    void Read()
    {
        using var file = new FileStream(state.Path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        RefuseCompressed(file);
        using var reader = new TarReader(file, leaveOpen: true);
        var end = 0L;
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataOffset < 0) continue;
            var dataEnd = entry.DataOffset + entry.Length;
            if (dataEnd > state.Size)
                throw new InvalidDataException($"it is cut off: `{entry.Name}` ends at byte {dataEnd}, the file at {state.Size}. Copy or download it again");
            end = (dataEnd + Block - 1) / Block * Block;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
                Add(entry.Name, new(entry.DataOffset, entry.Length));
        }
        CheckEnd(file, end);
    }

    static void RefuseCompressed(FileStream file)
    {
        Span<byte> magic = stackalloc byte[4];
        var count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (count == magic.Length && (magic is [0x1F, 0x8B, ..] or [0x28, 0xB5, 0x2F, 0xFD] or [(byte)'B', (byte)'Z', (byte)'h', _] or [0xFD, (byte)'7', (byte)'z', _]))
            throw new InvalidDataException("it is compressed, so samples cannot be read by their offsets. Unpack it to a plain .tar; images do not compress");
    }

    /// <summary>A tar file ends with blocks of zeros: without them it was cut between two files, with more behind them it was concatenated.</summary>
    void CheckEnd(FileStream file, long end)
    {
        if (state.Size < end + Block)
            throw new InvalidDataException($"it is cut off: the mark of a tar file's end is missing at byte {end}. Copy or download it again");
        file.Position = end;
        var rest = new byte[Buffer];
        for (int count; (count = file.Read(rest)) > 0;)
            if (rest.AsSpan(0, count).ContainsAnyExcept((byte)0))
                throw new InvalidDataException($"it goes on behind its end at byte {end}, as files joined with `cat` do. Keep shards apart, or join them with `tar --concatenate`");
    }

    void Add(string path, Slice slice)
    {
        var name = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        var dot = name.IndexOf('.', name.LastIndexOf('/') + 1);
        // A name that starts with a dot is no sample (macOS adds such files), nor is WebDataset's __name__.
        if (dot <= name.LastIndexOf('/') + 1 || name.StartsWith("__", StringComparison.Ordinal)) return;
        var key = name[..dot];
        if (!places.TryGetValue(key, out var place))
        {
            places[key] = place = samples.Count;
            samples.Add(new(key, null, null, null, null));
        }
        samples[place] = With(samples[place], name[(dot + 1)..].ToLowerInvariant(), slice);
    }

    static IndexedSample With(IndexedSample sample, string extension, Slice slice) => extension switch
    {
        "jpg" or "jpeg" or "png" or "webp" => sample with { Image = Once(sample.Image, slice, sample.Key, "image (jpg, jpeg, png, webp)") },
        "txt" => sample with { Caption = Once(sample.Caption, slice, sample.Key, "caption (txt)") },
        "cls" => sample with { Class = Once(sample.Class, slice, sample.Key, "class (cls)") },
        "json" => sample with { Json = Once(sample.Json, slice, sample.Key, "json") },
        _ => sample,
    };

    static Slice Once(Slice? before, Slice now, string key, string part) =>
        before is null ? now : throw new InvalidDataException($"sample `{key}` has more than one {part}");
}
