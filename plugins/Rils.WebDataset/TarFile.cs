using System.Globalization;
using System.Text;

namespace Rils.WebDataset;

/// <summary>Reads the members of a tar file (v7, ustar, pax, GNU). Throws where the file is damaged or would be read
/// wrongly.</summary>
/// <remarks>.NET's own reader verifies no checksum, takes sparse members for whole ones, and may turn two names that
/// are not UTF-8 into the same text.</remarks>
sealed class TarFile
{
    /// <summary>The most bytes of a long name or a pax header; real ones are far shorter.</summary>
    const int LongestHeader = 1 << 20;

    const int Buffer = 1 << 16;

    readonly FileStream file;
    readonly long size;
    readonly List<TarMember> members = [];
    readonly Dictionary<string, byte[]> ofAll = new(StringComparer.Ordinal);
    Dictionary<string, byte[]> ofNext = new(StringComparer.Ordinal);

    TarFile(FileStream file, long size) => (this.file, this.size) = (file, size);

    /// <summary>The files and links of a tar file, in their order.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="size">Length of the file in bytes.</param>
    /// <exception cref="InvalidDataException">The file is not a tar file, is cut off or damaged, or has members that
    /// cannot be read in place.</exception>
    public static IReadOnlyList<TarMember> Read(string path, long size)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        var tar = new TarFile(file, size);
        tar.Read();
        return tar.members;
    }

    void Read()
    {
        RefuseOthers();
        var block = new byte[TarHeader.Size];
        for (var at = 0L; ;)
        {
            if (size - at < TarHeader.Size)
                throw new InvalidDataException(
                    $"it is cut off: the mark of a tar file's end is missing at byte {at}. Copy or download it again");
            ReadAt(at, block);
            var header = new TarHeader(block);
            if (header.IsEnd)
            {
                CheckEnd(at);
                return;
            }
            at = Next(header, at);
        }
    }

    /// <summary>Takes in one header and its data.</summary>
    /// <returns>The offset of the next header, in bytes.</returns>
    long Next(TarHeader header, long at)
    {
        if (!header.IsIntact || header.Length is not { } length)
            throw new InvalidDataException(at == 0 ? "it is no tar file: its first 512 bytes are not a tar header"
                : $"it is damaged: the header at byte {at}{After()} has a wrong checksum. Copy or download it again");
        var data = at + TarHeader.Size;
        switch (header.Type)
        {
            case 'x' or 'X':
                TakeRecords(Content(data, length), ofNext, at);
                break;
            case 'g':
                TakeRecords(Content(data, length), ofAll, at);
                break;
            case 'L':
                ofNext["path"] = Text(Content(data, length));
                break;
            case 'K':
                ofNext["linkpath"] = Text(Content(data, length));
                break;
            default:
                length = Add(header, data, length);
                ofNext = new(StringComparer.Ordinal);
                break;
        }
        return data + (length + TarHeader.Size - 1) / TarHeader.Size * TarHeader.Size;
    }

    /// <summary>Takes in a member: a file, a link, or one that has no bytes to read.</summary>
    /// <returns>How many bytes follow its header.</returns>
    long Add(TarHeader header, long data, long length)
    {
        var bytes = Extended("GNU.sparse.name") ?? Extended("path") ?? header.Name;
        var name = MemberName.Show(bytes);
        if (header.Type == 'S' || ofNext.Keys.Concat(ofAll.Keys)
            .Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
            throw new InvalidDataException($"`{name}` is a sparse member (`tar -S` makes them), "
                + "which cannot be read in place. Pack the shard without -S");
        // Links, devices and folders have no bytes, whatever their length field says.
        if (header.Type is >= '1' and <= '6')
        {
            if (header.Type is '1' or '2')
                members.Add(new(Plain(name), default, Target(header, name), System.Text.Unicode.Utf8.IsValid(bytes)));
            return 0;
        }
        length = Extended("size") is { } given ? Number(given, data) : length;
        if (length > size - data)
            throw new InvalidDataException(
                $"it is cut off: `{name}` ends at byte {(Int128)data + length}, the file at {size}. "
                + "Copy or download it again");
        if (header.Type is '0' or '\0' or '7' && !name.EndsWith('/'))
            members.Add(new(Plain(name), new(data, length), null, System.Text.Unicode.Utf8.IsValid(bytes)));
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

    byte[]? Extended(string key) => ofNext.GetValueOrDefault(key) ?? ofAll.GetValueOrDefault(key);

    string After() => members.Count > 0 ? $", behind `{members[^1].Name}`," : "";

    static string Plain(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    byte[] Content(long at, long length)
    {
        if (length > LongestHeader)
            throw new InvalidDataException($"it is damaged: a name at byte {at} has {length} bytes");
        if (length > size - at)
            throw new InvalidDataException(
                $"it is cut off: a name ends at byte {at + length}, the file at {size}. Copy or download it again");
        var content = new byte[length];
        ReadAt(at, content);
        return content;
    }

    void ReadAt(long at, byte[] bytes)
    {
        file.Position = at;
        file.ReadExactly(bytes);
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
        var start = new byte[TarHeader.Size];
        var bytes = start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        if (bytes is [0x1F, 0x8B, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..]
            or [0xFD, (byte)'7', (byte)'z', ..])
            throw new InvalidDataException("it is compressed, so samples cannot be read by their offsets. "
                + "Unpack it to a plain .tar; images do not compress");
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
            throw new InvalidDataException("it is a zip file. Unpack it, and pack a plain .tar");
        if (StandIn.Of(bytes) is { } other) throw new InvalidDataException($"it is no tar file, but {other}");
    }

    /// <summary>Throws where more than zeros follow the end of a tar file: then files were concatenated.</summary>
    void CheckEnd(long end)
    {
        file.Position = end;
        var rest = new byte[Buffer];
        for (int count; (count = file.Read(rest)) > 0;)
            if (rest.AsSpan(0, count).ContainsAnyExcept((byte)0))
                throw new InvalidDataException(
                    $"it goes on behind its end at byte {end}, as files joined with `cat` do. "
                    + "Keep shards apart, or join them with `tar --concatenate`");
    }
}
