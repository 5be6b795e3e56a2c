using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Reads the members of a tar file (v7, ustar, pax, GNU), of all or of a run of blocks. Throws where the file
/// is damaged or would be read wrongly.</summary>
/// <remarks>.NET's own reader verifies no checksum, takes sparse members for whole ones, and may turn two names that
/// are not UTF-8 into the same text.</remarks>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="size">The length of the file in bytes.</param>
sealed class TarFile(ITarBytes bytes, long size)
{
    /// <summary>The most bytes of a long name or a pax header; real ones are far shorter.</summary>
    const int LongestHeader = 1 << 20;

    const int Buffer = 1 << 16;

    readonly Dictionary<string, byte[]> ofAll = new(StringComparer.Ordinal);
    readonly byte[] block = new byte[TarHeader.Size];
    Dictionary<string, byte[]> ofNext = new(StringComparer.Ordinal);
    List<Run> globals = [];
    long? start;
    TarMember? last;

    /// <summary>The headers so far that hold for all later members; a new list where there is one more.</summary>
    public IReadOnlyList<Run> Globals => globals;

    /// <summary>The files and links of the whole file, in their order.</summary>
    /// <exception cref="InvalidDataException">The file is not a tar file, is cut off or damaged, or has members that
    /// cannot be read in place.</exception>
    public IEnumerable<TarMember> All()
    {
        RefuseOthers();
        for (var at = 0L; ;)
        {
            if (size - at < TarHeader.Size)
                throw new InvalidDataException(
                    $"it is cut off: the mark of a tar file's end is missing at byte {at}. Copy or download it again");
            bytes.Read(at, block);
            if (new TarHeader(block).IsEnd)
            {
                CheckEnd(at);
                yield break;
            }
            var before = last;
            at = Next(at);
            if (!ReferenceEquals(last, before)) yield return last!;
        }
    }

    /// <summary>The files and links of a run.</summary>
    /// <exception cref="InvalidDataException">The run does not begin with a header.</exception>
    public IEnumerable<TarMember> Of(Slice run)
    {
        for (var at = run.Offset; at < run.Offset + run.Length;)
        {
            bytes.Read(at, block);
            var before = last;
            at = Next(at);
            if (!ReferenceEquals(last, before)) yield return last!;
        }
    }

    /// <summary>Takes in one header and its data.</summary>
    /// <returns>The offset of the next header, in bytes.</returns>
    long Next(long at)
    {
        var header = new TarHeader(block);
        if (!header.IsIntact || header.Length is not { } length)
            throw new InvalidDataException(at == 0 ? "it is no tar file: its first 512 bytes are not a tar header"
                : $"it is damaged: the header at byte {at}{After()} has a wrong checksum. Copy or download it again");
        var data = at + TarHeader.Size;
        start ??= at;
        switch (header.Type)
        {
            case 'x' or 'X':
                TakeRecords(Content(data, length), ofNext, at);
                break;
            case 'g':
                TakeRecords(Content(data, length), ofAll, at);
                // The header stands by itself: samples behind it name it beside their own runs.
                if (ofAll.Keys.Any(ChangesMembers)) globals = [.. globals, Run.Of(at, Padded(data, length))];
                start = null;
                break;
            case 'L':
                ofNext["path"] = Text(Content(data, length));
                break;
            case 'K':
                ofNext["linkpath"] = Text(Content(data, length));
                break;
            default:
                length = Add(header, start.Value, data, length);
                if (ofNext.Count > 0) ofNext = new(StringComparer.Ordinal);
                start = null;
                break;
        }
        return Padded(data, length);
    }

    static long Padded(long data, long length) =>
        data + (length + TarHeader.Size - 1) / TarHeader.Size * TarHeader.Size;

    /// <summary>Takes in a member: a file, a link, or one that has no bytes to read.</summary>
    /// <returns>How many bytes follow its header.</returns>
    long Add(TarHeader header, long first, long data, long length)
    {
        var given = Extended("GNU.sparse.name") ?? Extended("path") ?? header.Name;
        var name = MemberName.Show(given);
        if (header.Type == 'S' || IsSparse(ofNext) || IsSparse(ofAll))
            throw new InvalidDataException($"`{name}` is a sparse member (`tar -S` makes them), "
                + "which cannot be read in place. Pack the shard without -S");
        // Links, devices and folders have no bytes, whatever their length field says.
        if (header.Type is >= '1' and <= '6')
        {
            if (header.Type is '1' or '2')
                last = new(Plain(name), default, Target(header, name), Utf8.IsValid(given), Run.Of(first, data));
            return 0;
        }
        length = Extended("size") is { } digits ? Number(digits, data) : length;
        if (length > size - data)
            throw new InvalidDataException(
                $"it is cut off: `{name}` ends at byte {(Int128)data + length}, the file at {size}. "
                + "Copy or download it again");
        if (header.Type is '0' or '\0' or '7' && !name.EndsWith('/'))
            last = new(Plain(name), new(data, length), null, Utf8.IsValid(given),
                Run.Of(first, Padded(data, length)));
        return length;
    }

    /// <summary>The path in the shard that a link leads to: a hard link gives that path, a symbolic link a path from
    /// its own folder.</summary>
    string Target(TarHeader header, string name)
    {
        var target = MemberName.Show(Extended("linkpath") ?? header.Link);
        return MemberName.Normal(header.Type == '1' || target.StartsWith('/')
            ? target : $"{name[..(name.LastIndexOf('/') + 1)]}{target}");
    }

    static bool ChangesMembers(string key) =>
        key is "path" or "linkpath" or "size" || key.StartsWith("GNU.sparse.", StringComparison.Ordinal);

    static bool IsSparse(Dictionary<string, byte[]> records) =>
        records.Count > 0 && records.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal));

    byte[]? Extended(string key) => ofNext.GetValueOrDefault(key) ?? ofAll.GetValueOrDefault(key);

    string After() => last is { Name: var name } ? $", behind `{name}`," : "";

    static string Plain(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    byte[] Content(long at, long length)
    {
        if (length > LongestHeader)
            throw new InvalidDataException($"it is damaged: a name at byte {at} has {length} bytes");
        if (length > size - at)
            throw new InvalidDataException(
                $"it is cut off: a name ends at byte {at + length}, the file at {size}. Copy or download it again");
        var content = new byte[length];
        bytes.Read(at, content);
        return content;
    }

    static byte[] Text(byte[] field) => field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    /// <summary>Reads records such as <c>18 path=boat.jpg\n</c>; the number counts all bytes of the record.</summary>
    static void TakeRecords(ReadOnlySpan<byte> records, Dictionary<string, byte[]> into, long at)
    {
        while (!records.IsEmpty)
        {
            var (blank, equals) = (records.IndexOf((byte)' '), records.IndexOf((byte)'='));
            if (blank <= 0 || equals <= blank
                || !int.TryParse(records[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= equals + 1 || length > records.Length || records[length - 1] != '\n')
                throw new InvalidDataException($"it is damaged: the pax header at byte {at} cannot be read");
            into[Encoding.Latin1.GetString(records[(blank + 1)..equals])] = [.. records[(equals + 1)..(length - 1)]];
            records = records[length..];
        }
    }

    static long Number(byte[] digits, long at) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidDataException(
        $"it is damaged: the pax header before byte {at} gives a length that is no number");

    /// <summary>Throws for a file whose first bytes show that it is not a tar file.</summary>
    void RefuseOthers()
    {
        var first = new byte[Math.Min(TarHeader.Size, size)];
        bytes.Read(0, first);
        if (Compression(first) is { } unpack)
            throw new InvalidDataException("it is compressed, so samples cannot be read by their offsets. "
                + $"Unpack it to a plain .tar, as by `{unpack}`; images do not compress");
        if (first is [(byte)'P', (byte)'K', 3, 4, ..])
            throw new InvalidDataException("it is a zip file. Unpack it, and pack a plain .tar");
        if (StandIn.Of(first) is { } other) throw new InvalidDataException($"it is no tar file, but {other}");
    }

    static string? Compression(ReadOnlySpan<byte> first) => first switch
    {
        [0x1F, 0x8B, ..] => "gunzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "unzstd",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bunzip2",
        [0xFD, (byte)'7', (byte)'z', ..] => "unxz",
        _ => null,
    };

    /// <summary>Throws where more than zeros follow the end of a tar file: then files were concatenated.</summary>
    void CheckEnd(long end)
    {
        var rest = new byte[Buffer];
        for (var at = end; at < size; at += rest.Length)
        {
            var piece = rest.AsSpan(0, (int)Math.Min(rest.Length, size - at));
            bytes.Read(at, piece);
            if (piece.ContainsAnyExcept((byte)0))
                throw new InvalidDataException(
                    $"it goes on behind its end at byte {end}, as files joined with `cat` do. "
                    + "Keep shards apart, or join them with `tar --concatenate`");
        }
    }
}
