using System.Buffers.Binary;

namespace Rils.Engine.Native;

/// <summary>Reads the first bytes of a shared library (ELF64, little-endian).</summary>
static class ElfHeader
{
    const int Length = 64;

    /// <summary>Whether a file is ELF and reaches as far as its header says. Loading a shorter one ends the process
    /// without a message.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsWhole(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[Length];
        if (file.ReadAtLeast(header, Length, throwOnEndOfStream: false) < Length || !header.StartsWith("\u007fELF"u8))
            return false;
        // Linkers put the table of sections last.
        var (sections, size, count) = (BinaryPrimitives.ReadUInt64LittleEndian(header[0x28..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[0x3A..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[0x3C..]));
        var whole = (ulong)file.Length;
        return sections <= whole && (ulong)size * count <= whole - sections;
    }
}
