using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>A block that describes a member of a tar file, in the fields of POSIX ustar, which GNU tar and pax
/// share.</summary>
readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    const int ChecksumAt = 148, ChecksumLength = 8;

    readonly ReadOnlySpan<byte> block = block;

    /// <summary>Whether the block is all zeros, which ends the file.</summary>
    public bool IsEnd => !block.ContainsAnyExcept((byte)0);

    /// <summary>Whether the checksum is the sum of the block's bytes, with blanks in place of the checksum itself. Some
    /// writers add the bytes up as signed numbers; GNU tar accepts both sums, and so does this property.</summary>
    public bool IsIntact
    {
        get
        {
            var (unsigned, signed) = (0L, 0L);
            for (var i = 0; i < Size; i++)
            {
                var value = i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? (byte)' ' : block[i];
                unsigned += value;
                signed += (sbyte)value;
            }
            return Number(ChecksumAt, ChecksumLength) is { } stored && (stored == unsigned || stored == signed);
        }
    }

    /// <summary>The member's type: <c>0</c> a file, <c>1</c> a hard link, <c>x</c> a pax header, ...</summary>
    public char Type => (char)block[156];

    /// <summary>Length of the member in bytes; null where the field is not a number.</summary>
    public long? Length => Number(124, 12);

    /// <summary>The name, with its prefix where the format has one; in GNU's format other fields lie there.</summary>
    public byte[] Name
    {
        get
        {
            var name = Text(0, 100);
            var prefix = block[257..].StartsWith("ustar\0"u8) ? Text(345, 155) : default;
            return prefix.Length > 0 ? [.. prefix, (byte)'/', .. name] : [.. name];
        }
    }

    /// <summary>The target of a link.</summary>
    public byte[] Link => [.. Text(157, 100)];

    ReadOnlySpan<byte> Text(int at, int length)
    {
        var field = block.Slice(at, length);
        return field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;
    }

    /// <summary>Reads octal digits or, where the first bit is set, a big-endian number, which may be larger.</summary>
    long? Number(int at, int length)
    {
        var field = Text(at, length).Trim((byte)' ');
        var isOctal = block[at] < 0x80;
        if (!isOctal) field = block.Slice(at + 1, length - 1);
        var number = isOctal ? 0L : block[at] & 0x7F;
        foreach (var digit in field)
        {
            var value = isOctal ? digit - '0' : digit;
            if (number > long.MaxValue >> 8 || (isOctal && value is < 0 or > 7)) return null;
            number = isOctal ? number * 8 + value : number << 8 | (uint)value;
        }
        return number;
    }
}
