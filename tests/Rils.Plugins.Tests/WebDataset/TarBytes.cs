using System.Text;

namespace Rils.Tests.Plugins.WebDataset;

/// <summary>Tar files made byte by byte, including files that no writer would make.</summary>
static class TarBytes
{
    public const int Block = 512;

    /// <summary>A member in POSIX ustar, padded to whole blocks.</summary>
    public static byte[] Member(byte[] name, byte[] content, char type = '0', byte[]? link = null,
        string? length = null, bool isSigned = false)
    {
        var header = new byte[Block];
        name.CopyTo(header, 0);
        "0000644\00000000\00000000\0"u8.CopyTo(header.AsSpan(100));
        Encoding.ASCII.GetBytes(length ?? Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0")
            .CopyTo(header, 124);
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        header[156] = (byte)type;
        link?.CopyTo(header, 157);
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Seal(header, isSigned);
        return [.. header, .. content, .. new byte[(Block - content.Length % Block) % Block]];
    }

    public static byte[] Member(string name, string content, char type = '0', string? link = null) =>
        Member(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content), type,
            link is null ? null : Encoding.UTF8.GetBytes(link));

    /// <summary>A pax header that describes the member behind it.</summary>
    public static byte[] Pax(params (string Key, byte[] Value)[] records) =>
        Member("pax"u8.ToArray(), [.. records.SelectMany(Record)], 'x');

    public static byte[] File(params byte[][] members) =>
        [.. members.SelectMany(member => member), .. new byte[2 * Block]];

    /// <summary>Writes a header's checksum into the header.</summary>
    public static void Seal(Span<byte> header, bool isSigned = false)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header[..Block]) sum += isSigned ? (sbyte)value : value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    static byte[] Record((string Key, byte[] Value) record)
    {
        byte[] text = [(byte)' ', .. Encoding.UTF8.GetBytes(record.Key), (byte)'=', .. record.Value, (byte)'\n'];
        var length = text.Length + 1;
        while ($"{length}".Length + text.Length != length) length++;
        return [.. Encoding.ASCII.GetBytes($"{length}"), .. text];
    }
}
