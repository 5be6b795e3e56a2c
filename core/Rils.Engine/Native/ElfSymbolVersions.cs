using System.Buffers.Binary;
using System.Text;

namespace Rils.Engine.Native;

/// <summary>The symbol versions that a shared library needs (section .gnu.version_r of an ELF64 little-endian
/// file).</summary>
static class ElfSymbolVersions
{
    const uint VersionNeedSection = 0x6ffffffe;
    const ushort WeakFlag = 2;

    /// <summary>Sets VER_FLG_WEAK on the entries of one version, and returns their number.</summary>
    public static int MarkWeak(Span<byte> image, string version)
    {
        var (sections, size, count) = (Int64(image, 0x28), Int16(image, 0x3A), Int16(image, 0x3C));
        var marked = 0;
        for (var section = sections; section < sections + size * count; section += size)
        {
            if (Int32(image, section + 4) != VersionNeedSection) continue;
            var strings = Int64(image, sections + (int)Int32(image, section + 40) * size + 24);
            marked += MarkSection(image, Int64(image, section + 24), strings, version);
        }
        return marked;
    }

    static int MarkSection(Span<byte> image, int need, int strings, string version)
    {
        for (var marked = 0; ;)
        {
            var entry = need + (int)Int32(image, need + 8);
            for (var left = Int16(image, need + 2); left > 0; left--, entry += (int)Int32(image, entry + 12))
            {
                var name = image[(strings + (int)Int32(image, entry + 8))..];
                if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) != version) continue;
                BinaryPrimitives.WriteUInt16LittleEndian(
                    image[(entry + 4)..], (ushort)(Int16(image, entry + 4) | WeakFlag));
                marked++;
            }
            var next = (int)Int32(image, need + 12);
            if (next == 0) return marked;
            need += next;
        }
    }

    static int Int64(ReadOnlySpan<byte> b, int at) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(b[at..]));

    static uint Int32(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt32LittleEndian(b[at..]);

    static int Int16(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt16LittleEndian(b[at..]);
}
