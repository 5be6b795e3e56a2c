using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Rils.Sources;

/// <summary>Size and time of an image file in eight bytes, by which a changed file is recognised.</summary>
/// <param name="Size">The size in bytes, at most 2^32 - 1; 0 for a file that could not be opened.</param>
/// <param name="Time">The time of the last write, in units of 100 ns, its lower 32 bits.</param>
public readonly record struct FileMark(uint Size, uint Time)
{
    /// <summary>The length of a mark, in bytes.</summary>
    public const int Length = 2 * sizeof(uint);

    /// <summary>The mark of an open file.</summary>
    public static FileMark Of(SafeFileHandle file) => new(
        (uint)Math.Min(RandomAccess.GetLength(file), uint.MaxValue), (uint)File.GetLastWriteTimeUtc(file).Ticks);

    /// <summary>The mark of a file; unset where it cannot be opened: whoever reads the sample says why.</summary>
    public static FileMark Of(string path)
    {
        try
        {
            // Missing files may be many, and an exception costs more than a look.
            if (!File.Exists(path) || RegularFile.Other(path) is not null) return default;
            using var file = File.OpenHandle(path);
            return Of(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return default;
        }
    }

    /// <summary>The mark of an image and of a text beside it, either of which may change.</summary>
    public FileMark With(FileMark text) => this with { Time = unchecked(Time + 31 * (text.Time + text.Size)) };

    /// <summary>Writes the mark.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(uint)..], Time);
    }

    /// <summary>Reads a mark.</summary>
    public static FileMark Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]));
}
